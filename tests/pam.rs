//! Accounts of the system: signing in to realm `pam`, and their passwords. With the feature, PAM is the real one with
//! rules and accounts of the test's own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

#[cfg(feature = "pam")]
mod asked {
    use crate::support::{Place, Run, fed, words};
    use std::fs::{self, File};
    use std::path::{Path, PathBuf};

    /// A module of libpam-wrapper that keeps accounts as lines `name:password:service` in a file. Authentication is
    /// right with the password, the account for the service only.
    const MODULE: &str = "pam_wrapper/pam_matrix.so";

    fn module() -> PathBuf {
        let found = fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path().join(MODULE));
        let mut found = found.filter(|path| path.exists());
        found.next().unwrap_or_else(|| panic!("{MODULE} is needed: apt-get install libpam-wrapper"))
    }

    /// The wrapper copies the rules to `/tmp/pam.a`, or the next letter that is free, and two processes can take
    /// the same letter: one then fails, or asks the rules of the other. So they come one after the other, also
    /// from several test processes.
    fn turn() -> File {
        let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("pam-wrapper.lock")).unwrap();
        lock.lock().unwrap();
        lock
    }

    /// A directory with users of realm `pam`, and a system with accounts.
    struct System {
        place: Place,
    }

    impl System {
        fn new() -> Self {
            let place =
                Place::after(&["user add joe@pam", "user add bob@pam", "user add ann@pam --enable 0"]);
            place.all(&["user add zoe@pam", "user add exp@pam"]);
            let system = Self { place };
            fs::create_dir(system.path("rules")).unwrap();
            for service in ["usher", "proxmox-ve-auth", "mine"] {
                system.rules(service, "");
            }
            fs::write(system.path("rules/other"), "").unwrap();
            system.accounts("joe:joe-secret:usher\nann:ann-secret:usher\nbob:bob-secret:sshd\n");
            system
        }

        fn path(&self, name: &str) -> PathBuf {
            self.place.program(name)
        }

        /// Rules of a service: the module for everything, and lines before it.
        fn rules(&self, service: &str, before: &str) {
            let (module, accounts) = (module(), self.path("accounts"));
            let line =
                |group| format!("{group} required {} passdb={}\n", module.display(), accounts.display());
            let text: String = ["auth", "account", "password"].map(line).concat();
            fs::write(self.path("rules").join(service), before.to_owned() + &text).unwrap();
        }

        fn accounts(&self, text: &str) {
            fs::write(self.path("accounts"), text).unwrap();
        }

        fn run(&self, name: &str, line: &str, input: &str) -> Run {
            let mut command = self.place.command(name);
            command.env("LD_PRELOAD", "libpam_wrapper.so").env("PAM_WRAPPER", "1");
            command.env("PAM_WRAPPER_SERVICE_DIR", self.path("rules"));
            let _turn = turn();
            fed(command.args(words(line)), input)
        }

        fn check(&self, user: &str, password: &str) -> Run {
            self.run("usher", "login-check", &format!("{user}\n{password}\n"))
        }
    }

    #[test]
    fn the_system_decides_about_the_password() {
        let system = System::new();
        system.check("joe@pam", "joe-secret").quiet();
        let wrong = system.check("joe@pam", "wrong").refused(3);
        for (user, password) in [
            ("joe@pam", ""),
            ("joe@pam", "joe-secret\0"),
            ("joe@pam", "joe-secre"),
            ("joe@pam", "ann-secret"),
            // Disabled here; for another service only; no such account; no such user.
            ("ann@pam", "ann-secret"),
            ("bob@pam", "bob-secret"),
            ("zoe@pam", "zoe-secret"),
            ("max@pam", "max-secret"),
        ] {
            assert_eq!(system.check(user, password).refused(3), wrong, "{user} {password:?}");
        }
        // What kept them out was the account, not the password.
        system.accounts("bob:bob-secret:usher\n");
        system.check("bob@pam", "bob-secret").quiet();
    }

    #[test]
    fn an_account_can_be_refused_though_the_password_is_right() {
        let system = System::new();
        for refusal in ["acct_expired", "new_authtok_reqd", "perm_denied", "user_unknown", "authtok_expired"]
        {
            system.rules("usher", "");
            system.check("joe@pam", "joe-secret").quiet();
            system.rules("usher", &format!("account required pam_debug.so acct={refusal}\n"));
            system.check("joe@pam", "joe-secret").refused(3);
        }
    }

    #[test]
    fn what_modules_say_is_not_passed_on() {
        let system = System::new();
        let chatty = module().with_file_name("pam_chatty.so");
        system.rules("usher", &format!("auth required {} num_lines=2 info error\n", chatty.display()));
        for (password, status, expected) in
            [("joe-secret", 0, ""), ("wrong", 3, "error: authentication failure\n")]
        {
            let run = system.check("joe@pam", password);
            // The wrapper prints what PAM logs.
            let own: String =
                run.err.split_inclusive('\n').filter(|line| !line.starts_with("PWRAP_")).collect();
            assert_eq!((run.status, run.out.as_str(), own.as_str()), (status, "", expected), "{run:?}");
        }
    }

    #[test]
    fn the_service_is_that_of_the_name_unless_the_settings_choose() {
        let system = System::new();
        let ticket = |name: &str| system.run(name, "ticket joe@pam", "joe-secret\n");
        assert!(ticket("usher").quiet().starts_with("PVE:joe@pam:"));
        ticket("pveum").refused(255);
        system.accounts("joe:joe-secret:proxmox-ve-auth\n");
        assert!(ticket("pveum").quiet().starts_with("PVE:joe@pam:"));
        ticket("usher").refused(3);
        system.place.write("usher.toml", "[pam]\nservice = \"mine\"\n");
        ticket("pveum").refused(255);
        system.accounts("joe:joe-secret:mine\n");
        for name in ["usher", "pveum"] {
            ticket(name).quiet();
        }
    }

    #[test]
    fn without_rules_nobody_gets_in() {
        let system = System::new();
        fs::remove_file(system.path("rules/usher")).unwrap();
        system.check("joe@pam", "joe-secret").refused(3);
        fs::remove_file(system.path("rules/other")).unwrap();
        system.check("joe@pam", "joe-secret").refused(3);
        let said =
            system.run("usher", "passwd joe@pam", "new-lantern-secret\nnew-lantern-secret\n").refused(1);
        assert!(said.contains("PAM service 'usher'") && said.contains("/etc/pam.d/usher"), "{said}");
    }

    #[test]
    fn passwords_are_changed_by_the_rules() {
        let system = System::new();
        let before = system.place.files();
        let change = |input: &str| system.run("usher", "passwd joe@pam", input);
        // The module asks everybody for the current password.
        change("new-lantern-secret\nnew-lantern-secret\njoe-secret\n").quiet();
        assert!(
            fs::read_to_string(system.path("accounts")).unwrap().contains("joe:new-lantern-secret:usher")
        );
        system.check("joe@pam", "new-lantern-secret").quiet();
        system.check("joe@pam", "joe-secret").refused(3);
        for input in [
            "other-lantern-secret\nother-lantern-secret\njoe-secret\n",
            "other-lantern-secret\nother-lantern-secret\n",
        ] {
            let said = change(input).refused(1);
            assert!(said.contains("current password") && !said.contains("-secret"), "{said}");
        }
        let said =
            system.run("usher", "passwd zoe@pam", "new-lantern-secret\nnew-lantern-secret\nx\n").refused(1);
        assert!(!said.contains("-secret"), "{said}");
        system.check("joe@pam", "new-lantern-secret").quiet();
        assert!(system.place.files() == before, "the directory holds nothing of it");
        system.run("usher", "passwd joe@pam --dry-run", "some-lantern-secret\nsome-lantern-secret\n");
        system.check("joe@pam", "new-lantern-secret").quiet();
    }

    #[test]
    fn an_unknown_account_is_named() {
        let system = System::new();
        system.rules(
            "usher",
            "password requisite pam_debug.so chauthtok=user_unknown prechauthtok=user_unknown\n",
        );
        let said =
            system.run("usher", "passwd joe@pam", "new-lantern-secret\nnew-lantern-secret\n").refused(1);
        assert!(said.contains("user 'joe' does not exist") && said.contains("useradd joe"), "{said}");
    }
}

#[cfg(not(feature = "pam"))]
#[test]
fn a_build_that_cannot_ask_says_so() {
    let place = support::Place::after(&["user add joe@pam"]);
    for (name, line, status) in
        [("usher", "login-check", 3), ("usher", "ticket joe@pam", 3), ("pveum", "ticket joe@pam", 255)]
    {
        let input = if line == "login-check" { "joe@pam\nsecret\n" } else { "secret\n" };
        let said = place.run(name, support::words(line), input).refused(status);
        assert!(said.contains("built without the feature 'pam'"), "{name} {line}: {said}");
        assert_eq!(said.lines().count(), 2, "{said}");
    }
}
