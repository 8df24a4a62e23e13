//! A real directory server: OpenLDAP's slapd with content of the test's own, on free ports of
//! 127.0.0.1. A server that cannot be started fails the test.

use super::authority::{Flaw, certify};
use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use usher::realm::ldap::dn::escape;

/// The DN everything is below.
pub const BASE: &str = "dc=test";
/// Who may read everything but passwords, in pages of any number.
pub const SYNC: &str = "cn=sync,dc=test";
/// The password of [`SYNC`].
pub const SYNC_PASSWORD: &str = "sync-secret";
/// Who may do everything.
pub const ADMIN: &str = "cn=admin,dc=test";
/// The password of [`ADMIN`].
pub const ADMIN_PASSWORD: &str = "admin-secret";

/// How long a server may take to start or to stop; only a broken one takes it.
const PATIENCE: Duration = Duration::from_secs(30);

const SEED: &str = "\
dn: dc=test
objectClass: dcObject
objectClass: organization
o: test
dc: test

dn: ou=people,dc=test
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=test
objectClass: organizationalUnit
ou: groups

dn: cn=sync,dc=test
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: sync
userPassword: sync-secret

";

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Entries besides the base, `ou=people`, `ou=groups` and [`SYNC`], as LDIF.
    pub ldif: String,
    /// Directives before the database.
    pub global: String,
    /// Directives of the database: limits and access rules. Replaces the usual ones.
    pub database: String,
    /// What is wrong with its certificate.
    pub flaw: Flaw,
}

impl Default for Setup {
    /// Answers hold 500 entries unless they come in pages, which are unlimited.
    fn default() -> Self {
        Self {
            ldif: String::new(),
            global: "sizelimit 500\n".to_owned(),
            database: format!(
                "limits dn.exact=\"{SYNC}\" size.soft=500 size.hard=500 size.pr=1000 size.prtotal=unlimited\n\
                 access to attrs=userPassword by anonymous auth by * none\naccess to * by * read\n"
            ),
            flaw: Flaw::None,
        }
    }
}

/// A running server; it is killed when dropped.
pub struct Slapd {
    child: Child,
    folder: TempDir,
    /// The port that speaks LDAP and StartTLS.
    pub port: u16,
    /// The port that speaks LDAPS.
    pub tls_port: u16,
}

impl Slapd {
    /// A server that holds `ldif` below [`BASE`].
    pub fn with(ldif: &str) -> Self {
        Self::set_up(&Setup { ldif: ldif.to_owned(), ..Setup::default() })
    }

    /// A server set up so.
    pub fn set_up(setup: &Setup) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path();
        certify(path, setup.flaw);
        fs::create_dir(path.join("db")).unwrap();
        fs::write(path.join("slapd.conf"), configuration(path, setup)).unwrap();
        fs::write(path.join("seed.ldif"), format!("{SEED}{}", setup.ldif)).unwrap();
        let run = Command::new(program("slapadd"))
            .args(["-q", "-f", "slapd.conf", "-l", "seed.ldif"])
            .current_dir(path)
            .output()
            .unwrap_or_else(|fault| panic!("{fault}: slapd is missing (apt-get install slapd ldap-utils)"));
        assert!(run.status.success(), "slapadd: {}", String::from_utf8_lossy(&run.stderr));
        let (child, port, tls_port) = start(path);
        Self { child, folder, port, tls_port }
    }

    /// Its folder: `ca.pem` is the authority, `server.pem` and `server.key` the certificate.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The file with the authority's certificate.
    pub fn authority(&self) -> PathBuf {
        self.path().join("ca.pem")
    }

    /// Ends the server; its ports refuse connections afterwards.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Changes the content while the server runs: LDIF with `changetype`.
    pub fn modify(&self, ldif: &str) {
        let file = self.path().join("change.ldif");
        fs::write(&file, ldif).unwrap();
        let run = Command::new("ldapmodify")
            .args(["-x", "-D", ADMIN, "-w", ADMIN_PASSWORD, "-H"])
            .arg(format!("ldap://127.0.0.1:{}", self.port))
            .arg("-f")
            .arg(file)
            .output()
            .unwrap_or_else(|fault| panic!("{fault}: ldapmodify is missing (apt-get install ldap-utils)"));
        assert!(run.status.success(), "ldapmodify: {}", String::from_utf8_lossy(&run.stderr));
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        // It may have been stopped already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A user `uid=NAME,ou=people` with the password `NAME-secret`, as LDIF.
pub fn user(name: &str) -> String {
    let escaped = escape(name);
    format!(
        "dn: uid={escaped},ou=people,dc=test\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\nsn: {name}\n\
         mail: {name}@test.example\nuserPassword: {name}-secret\n\n"
    )
}

/// Users `PREFIX0`, `PREFIX1`, … without passwords.
pub fn users(prefix: &str, count: usize) -> String {
    let mut ldif = String::new();
    for number in 0..count {
        write!(
            ldif,
            "dn: uid={prefix}{number},ou=people,dc=test\nobjectClass: inetOrgPerson\nuid: {prefix}{number}\n\
             cn: {prefix}{number}\nsn: {prefix}\n\n"
        )
        .unwrap();
    }
    ldif
}

/// A group `cn=NAME,ou=groups` of these DNs.
pub fn group<'m>(name: &str, members: impl IntoIterator<Item = &'m str>) -> String {
    let members: String = members.into_iter().map(|dn| format!("member: {dn}\n")).collect();
    format!("dn: cn={name},ou=groups,dc=test\nobjectClass: groupOfNames\ncn: {name}\n{members}\n")
}

fn configuration(path: &Path, setup: &Setup) -> String {
    let path = path.display();
    format!(
        "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n\
         include /etc/ldap/schema/inetorgperson.schema\ninclude /etc/ldap/schema/nis.schema\n\
         modulepath /usr/lib/ldap\nmoduleload back_mdb\n\
         TLSCACertificateFile {path}/ca.pem\nTLSCertificateFile {path}/server.pem\n\
         TLSCertificateKeyFile {path}/server.key\nTLSVerifyClient try\n{}\
         database mdb\nmaxsize 1073741824\nsuffix \"{BASE}\"\nrootdn \"{ADMIN}\"\nrootpw {ADMIN_PASSWORD}\n\
         directory {path}/db\nindex objectClass,uid,cn eq\n{}",
        setup.global, setup.database
    )
}

/// Starts the server on two ports nobody has. Somebody may take one before the server does: then it
/// ends, and other ones are tried.
fn start(path: &Path) -> (Child, u16, u16) {
    for _ in 0..20 {
        let (plain, tls) = (free_port(), free_port());
        let log = fs::File::create(path.join("log")).unwrap();
        let mut child = Command::new(program("slapd"))
            .args(["-d", "0", "-f", "slapd.conf", "-h"])
            .arg(format!("ldap://127.0.0.1:{plain}/ ldaps://127.0.0.1:{tls}/"))
            .current_dir(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|fault| panic!("{fault}: slapd is missing (apt-get install slapd)"));
        if answers(&mut child, tls) {
            return (child, plain, tls);
        }
        let _ = child.kill();
        child.wait().unwrap();
    }
    panic!("slapd does not start: {}", fs::read_to_string(path.join("log")).unwrap_or_default());
}

/// Whether the server comes up; `false` when it ended instead.
fn answers(child: &mut Child, tls_port: u16) -> bool {
    let end = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        let asked = Command::new("ldapwhoami")
            .args(["-x", "-D", ADMIN, "-w", ADMIN_PASSWORD, "-H"])
            .arg(format!("ldaps://127.0.0.1:{tls_port}"))
            .env("LDAPTLS_REQCERT", "never")
            .output()
            .unwrap_or_else(|fault| panic!("{fault}: ldapwhoami is missing (apt-get install ldap-utils)"));
        if asked.status.success() {
            return child.try_wait().unwrap().is_none();
        }
        if Instant::now() >= end {
            let _ = child.kill();
            panic!("slapd does not answer");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Administrators' programs are not on everybody's path.
fn program(name: &str) -> PathBuf {
    let place = Path::new("/usr/sbin").join(name);
    if place.exists() { place } else { PathBuf::from(name) }
}
