//! A real Active Directory domain controller: Samba's, with nothing but its LDAP service. Its ports are
//! fixed, so it has an address of the loopback to itself; it has to be started as root, or with `sudo`.

use super::authority::{Flaw, certify};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The DN everything is below.
pub const BASE: &str = "DC=ad,DC=test";
/// Who may do everything.
pub const ADMIN: &str = "Administrator@ad.test";
/// The password of [`ADMIN`].
pub const ADMIN_PASSWORD: &str = "Passw0rd!x";

/// How long the controller may take to start; only a broken one takes it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running domain controller of the domain `ad.test` (`ADTEST`); it is ended when dropped.
pub struct Samba {
    child: Child,
    folder: TempDir,
    /// Its address; it speaks LDAP and StartTLS on port 389, LDAPS on 636.
    pub address: String,
}

impl Samba {
    /// A controller that holds `ldif` besides what every domain holds.
    pub fn with(ldif: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path();
        let address = free_address();
        // The system's own configuration, if there is one, is not to be looked at.
        let none = path.join("none.conf");
        fs::write(&none, "[global]\n").unwrap();
        let provision = as_root("samba-tool")
            .args(["domain", "provision", "--realm=AD.TEST", "--domain=ADTEST", "--server-role=dc"])
            .args(["--dns-backend=NONE", "--host-name=dc1", "--adminpass", ADMIN_PASSWORD])
            .arg(format!("--host-ip={address}"))
            .arg(format!("--configfile={}", none.display()))
            .arg(format!("--targetdir={}", path.display()))
            .args(network(&address))
            .output()
            .unwrap_or_else(|fault| {
                panic!(
                    "{fault}: samba-tool is missing (apt-get install samba samba-ad-dc samba-ad-provision)"
                )
            });
        assert!(provision.status.success(), "{}", String::from_utf8_lossy(&provision.stderr));
        certify(path, Flaw::None);
        fs::set_permissions(path.join("server.key"), fs::Permissions::from_mode(0o600)).unwrap();
        let mut samba = Self { child: start(path, &address), folder, address };
        samba.wait();
        if !ldif.is_empty() {
            samba.add(ldif);
        }
        samba
    }

    fn wait(&mut self) {
        let end = Instant::now() + PATIENCE;
        while !self.tool("ldapsearch").args(["-b", "", "-s", "base", "dn"]).output().unwrap().status.success()
        {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && Instant::now() < end, "samba does not answer: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Adds objects while the controller runs.
    pub fn add(&self, ldif: &str) {
        let file = self.folder.path().join("add.ldif");
        fs::write(&file, ldif).unwrap();
        let run = self.tool("ldapadd").arg("-f").arg(file).output().unwrap();
        assert!(run.status.success(), "ldapadd: {}", String::from_utf8_lossy(&run.stderr));
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command.args(["-x", "-D", ADMIN, "-w", ADMIN_PASSWORD, "-H"]);
        command.arg(format!("ldaps://{}", self.address)).env("LDAPTLS_REQCERT", "never");
        command
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Samba {
    fn drop(&mut self) {
        // It may have ended already. What root started and wrote, only root can end and remove.
        let _ = as_root("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        let _ = as_root("rm").arg("-rf").arg(self.folder.path()).status();
    }
}

/// A user with a password and attributes of its own, as LDIF.
pub fn user(name: &str, password: &str, more: &str) -> String {
    format!(
        "dn: CN={name},CN=Users,{BASE}\nobjectClass: user\nsAMAccountName: {name}\n\
         userPrincipalName: {name}@ad.test\nunicodePwd:: {}\n{more}\n",
        quoted_password(password)
    )
}

/// A password as Active Directory takes it: in quotes, in UTF-16, and in LDIF that is base64.
fn quoted_password(password: &str) -> String {
    let bytes: Vec<u8> = format!("\"{password}\"").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        let number = number << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = if place <= chunk.len() { alphabet[number >> (18 - 6 * place) & 63] } else { b'=' };
            write!(text, "{}", char::from(letter)).unwrap();
        }
    }
    text
}

fn start(path: &Path, address: &str) -> Child {
    let inside = |name: &str| path.join(name).display().to_string();
    let log = fs::File::create(path.join("log")).unwrap();
    as_root("samba")
        .args([
            "-s",
            &inside("etc/smb.conf"),
            "-F",
            "--no-process-group",
            "-M",
            "single",
            "--debug-stdout",
            "-d1",
        ])
        .args(network(address))
        .args(["--option=server services=ldap", "--option=disable netbios=yes"])
        .arg("--option=ldap server require strong auth=yes")
        .arg(format!("--option=pid directory={}", inside("run")))
        .arg(format!("--option=ncalrpc dir={}", inside("ncalrpc")))
        .arg(format!("--option=tls keyfile={}", inside("server.key")))
        .arg(format!("--option=tls certfile={}", inside("server.pem")))
        .arg(format!("--option=tls cafile={}", inside("ca.pem")))
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap_or_else(|fault| panic!("{fault}: samba is missing (apt-get install samba-ad-dc)"))
}

fn network(address: &str) -> [String; 2] {
    [format!("--option=interfaces={address}/8"), "--option=bind interfaces only=yes".to_owned()]
}

/// An address of the loopback where nobody has the ports yet: from the number of this process.
fn free_address() -> String {
    let number = std::process::id();
    format!("127.{}.{}.{}", 64 + number / 62500 % 64, number / 250 % 250, 2 + number % 250)
}

fn as_root(program: &str) -> Command {
    if rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    command
}
