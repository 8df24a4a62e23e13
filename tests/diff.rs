//! `diff`: two directories compared, in files and in who may do what.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::process::Command;
use support::{Place, Run};

fn house() -> Place {
    Place::after(&[
        "user add joe@pve --password long-enough-9-x",
        "user add ann@pve",
        "group add devs",
        "acl modify /vms/100 --groups devs --roles PVEVMUser",
        "realm add log --type openid --issuer-url https://id.example.org --client-id usher --client-key SESAME",
    ])
}

fn diff(place: &Place, other: &Place, options: &str) -> Run {
    place.usher(&format!("diff {} {} {options}", place.path().display(), other.path().display()))
}

fn copy_of(place: &Place) -> Place {
    let other = Place::new();
    place.files().iter().for_each(|(name, text)| other.write(name, text));
    other
}

#[test]
fn files_and_access_are_compared() {
    let (place, other) = (house(), house());
    other.write("priv/shadow.cfg", place.read("priv/shadow.cfg"));
    let same = diff(&place, &other, "");
    assert_eq!((same.status, same.out.as_str(), same.err.as_str()), (0, "", ""), "{same:?}");
    other.all(&[
        "user modify joe@pve --groups devs",
        "realm modify log --client-key OTHER",
        "user delete ann@pve",
    ]);
    let run = diff(&place, &other, "");
    assert_eq!(run.status, 3, "{run:?}");
    let expected = [
        "remove user ann@pve\nchange group devs: + joe@pve\nchange realm log: client-key '(secret)' -> '(secret)'\n",
        "--- a/user.cfg\n+++ b/user.cfg\n",
        "-group:devs:::\n+group:devs:joe@pve::\n",
        "--- a/domains.cfg\n+++ b/domains.cfg\n(secrets change)\n",
        "\nWho gains (+) and loses (-) what:\n+ joe@pve  VM.Audit",
        "/vms/100  via @devs\n",
    ];
    for part in expected {
        assert!(run.out.contains(part), "{part}\n{}", run.out);
    }
    assert!(
        !run.out.contains("SESAME") && !run.out.contains("OTHER") && !run.out.contains("$argon2"),
        "{run:?}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&diff(&place, &other, "--output-format json").out).unwrap();
    assert_eq!(json["changes"][1]["gains"][0], "joe@pve");
    assert_eq!(json["access"][0]["who"], "joe@pve");
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
}

#[test]
fn secrets_that_differ_are_told_and_not_shown() {
    let place = house();
    let other = copy_of(&place);
    other.write("priv/shadow.cfg", "joe:$5$SESAME$SESAME:\n");
    let run = diff(&place, &other, "");
    assert!(
        run.status == 3 && run.out == "--- a/priv/shadow.cfg\n+++ b/priv/shadow.cfg\n(secrets change)\n",
        "{run:?}"
    );
}

#[test]
fn what_cannot_be_compared() {
    let place = house();
    let here = place.path().display().to_string();
    let refused = place.usher(&format!("diff {here} {here}/nowhere")).refused(1);
    assert!(refused.contains("there is no directory"), "{refused}");
    for line in ["diff", &format!("diff {here}"), &format!("diff {here} {here} --git HEAD")] {
        assert!(place.usher(line).refused(2).contains("name two directories, or '--git REVISION'"), "{line}");
    }
    let refused = place.usher("diff --git HEAD").refused(1);
    assert!(refused.contains("git: not a git repository"), "{refused}");
    assert!(place.usher("diff --git --output=x").refused(2).contains("is no revision"));
    let mut command = place.command("usher");
    command.env("PATH", "/nowhere").args(["diff", "--git", "HEAD"]);
    let refused = support::fed(&mut command, "").refused(1);
    assert!(refused.contains("git is not installed\nhint: "), "{refused}");
}

fn git(place: &Place, arguments: &[&str]) {
    let settings = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    support::environment(&mut command, &place.path());
    let output = command.arg("-C").arg(place.path()).args(settings).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_directory_and_its_past_in_git() {
    let place = house();
    place.write(".gitignore", "priv/\n.usher*\n");
    git(&place, &["init", "-q"]);
    git(&place, &["add", "."]);
    git(&place, &["commit", "-q", "-m", "first"]);
    assert_eq!(place.usher("diff --git HEAD").quiet(), "", "secrets are not in git");
    place.all(&["user modify ann@pve --groups devs"]);
    let run = place.usher("diff --git HEAD");
    assert!(
        run.status == 3 && run.out.starts_with("change group devs: + ann@pve\n\n--- a/user.cfg\n"),
        "{run:?}"
    );
    assert!(run.out.contains("\n+ ann@pve  VM.Audit "), "{run:?}");
    let named = place.usher(&format!("diff {} --git HEAD", place.path().display()));
    assert_eq!(named.out, run.out);
    let refused = place.usher("diff --git v9").refused(1);
    assert!(refused.contains("git knows no revision 'v9'"), "{refused}");
    // What shows files in this repository is not run.
    place.write(".gitattributes", "*.cfg diff=evil\n");
    git(&place, &["config", "diff.evil.textconv", "touch evil; cat"]);
    place.usher("diff --git HEAD");
    assert!(!place.path().join("evil").exists());
}
