//! Certificates for servers under test, made with `openssl` by an authority that lives in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is right or wrong with a server's certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flaw {
    /// Made for `localhost`, `127.0.0.1` and `::1`, and valid.
    #[default]
    None,
    /// Its time is over.
    Expired,
    /// Made for another host.
    OtherHost,
    /// Made for no host: it has no subjectAltName.
    NoName,
    /// Signed by itself, in the form `openssl req -x509` makes; `ca.pem` is the same.
    SelfSigned,
    /// The same, made for another host.
    SelfSignedOtherHost,
}

/// Makes an authority and a server certificate in `folder`: `ca.pem`, `server.pem`, `server.key`.
pub fn certify(folder: &Path, flaw: Flaw) {
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let own_name = match flaw {
        Flaw::SelfSigned => Some("subjectAltName=DNS:localhost,IP:127.0.0.1"),
        Flaw::SelfSignedOtherHost => Some("subjectAltName=DNS:elsewhere.test"),
        _ => None,
    };
    if let Some(name) = own_name {
        let own = ["-x509", "-subj", "/CN=localhost", "-days", "2", "-addext", name];
        openssl(folder, "req", &[&key[..], &own, &["-keyout", "server.key", "-out", "server.pem"]].concat());
        fs::copy(folder.join("server.pem"), folder.join("ca.pem")).unwrap();
        return;
    }
    let names = match flaw {
        Flaw::NoName => "basicConstraints=CA:FALSE\n",
        Flaw::OtherHost => "subjectAltName=DNS:elsewhere.test\n",
        _ => "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n",
    };
    let dates = match flaw {
        Flaw::Expired => ["-startdate", "20200101000000Z", "-enddate", "20210101000000Z"],
        _ => ["-startdate", "20200101000000Z", "-enddate", "20990101000000Z"],
    };
    let config = "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\n\
                  default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n";
    for (name, text) in [("ca.conf", config), ("server.ext", names), ("index.txt", ""), ("serial", "01\n")] {
        fs::write(folder.join(name), text).unwrap();
    }
    let authority =
        ["-x509", "-subj", "/CN=Test authority", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem"];
    openssl(folder, "req", &[&key[..], &authority].concat());
    let server = ["-new", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr"];
    openssl(folder, "req", &[&key[..], &server].concat());
    let sign = ["-batch", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-notext"];
    let file = ["-in", "server.csr", "-out", "server.pem", "-extfile", "server.ext"];
    openssl(folder, "ca", &[&sign[..], &file, &dates].concat());
}

/// An authority that signed nothing.
pub fn stranger(folder: &Path) -> PathBuf {
    let inner = folder.join("stranger");
    fs::create_dir_all(&inner).unwrap();
    certify(&inner, Flaw::None);
    inner.join("ca.pem")
}

fn openssl(folder: &Path, verb: &str, words: &[&str]) {
    let run = Command::new("openssl").arg(verb).args(words).current_dir(folder).output();
    let run = run.unwrap_or_else(|fault| panic!("{fault}: openssl is missing (apt-get install openssl)"));
    assert!(run.status.success(), "openssl {verb}: {}", String::from_utf8_lossy(&run.stderr));
}
