//! A real provider of OpenID Connect, `oidc-provider` from npm, and somebody with a browser.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use ureq::Agent;

const PACKAGE: &str = "oidc-provider@9.13.3";

/// A running provider; it is killed when dropped.
pub struct Provider {
    child: Child,
    /// Its name for itself.
    pub issuer: String,
}

impl Provider {
    /// Knows the client `usher` with the secret `sekrit`, and these accounts with their claims. Its ID tokens
    /// hold all claims, or only the name when `userinfo` tells the rest.
    pub fn start(accounts: &Value, userinfo: bool) -> Self {
        let settings = json!({"module": module(), "accounts": accounts, "userinfo": userinfo});
        let mut child = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openid/provider.mjs"))
            .arg(settings.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|fault| panic!("{fault}: node is missing (apt-get install nodejs npm)"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let port = lines.find(|line| line.parse::<u16>().is_ok()).expect("the provider does not start");
        // It must not be stopped by a pipe nobody reads.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, issuer: format!("http://127.0.0.1:{port}") }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the package is; installs it once for all tests.
fn module() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
    fs::create_dir_all(&folder).unwrap();
    let lock = File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    let module = folder.join("node_modules/oidc-provider/lib/index.js");
    let ready = folder.join(PACKAGE);
    if !ready.exists() {
        let run = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(&folder)
            .arg(PACKAGE)
            .output()
            .unwrap_or_else(|fault| panic!("{fault}: npm is missing (apt-get install nodejs npm)"));
        assert!(run.status.success(), "npm: {}", String::from_utf8_lossy(&run.stderr));
        File::create(ready).unwrap();
    }
    module
}

/// Somebody with a browser.
pub struct Browser {
    web: Agent,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new() -> Self {
        let settings = Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None);
        Self { web: Agent::new_with_config(settings.build()), cookies: BTreeMap::new() }
    }

    /// Loads a page, or sends a form: status, where it leads, content.
    pub fn load(&mut self, address: &str, form: Option<&[(&str, &str)]>) -> (u16, Option<String>, String) {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let jar = jar.join("; ");
        let answer = match form {
            None => self.web.get(address).header("cookie", jar).call(),
            Some(form) => self.web.post(address).header("cookie", jar).send_form(form.iter().copied()),
        };
        let mut answer = answer.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                _ => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let leads = answer.headers().get("location").map(|address| address.to_str().unwrap().to_owned());
        (answer.status().as_u16(), leads, answer.body_mut().read_to_string().unwrap())
    }

    /// Signs in as `account` at the provider, or gives up there; the address it is sent to in the end.
    pub fn sign_in(&mut self, provider: &Provider, address: &str, account: Option<&str>) -> String {
        let (mut page, mut prompts) = (address.to_owned(), ["login", "consent"].into_iter());
        for _ in 0..10 {
            let (status, leads, text) = match page.contains("/interaction/").then(|| prompts.next()) {
                None | Some(None) => self.load(&page, None),
                Some(Some(prompt)) => {
                    self.load(&page, None);
                    match account {
                        Some(name) => {
                            let form = [("prompt", prompt), ("login", name), ("password", "any")];
                            self.load(&page, Some(&form))
                        }
                        None => self.load(&format!("{page}/abort"), None),
                    }
                }
            };
            let leads = leads.unwrap_or_else(|| panic!("{page}: {status} {text}"));
            page = if leads.starts_with('/') { format!("{}{leads}", provider.issuer) } else { leads };
            if !page.starts_with(&provider.issuer) {
                return page;
            }
        }
        panic!("it leads nowhere: {page}");
    }
}
