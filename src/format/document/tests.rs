use super::*;

const WHOLE: &str = r#"[roles.Operator]
privileges = ["VM.Audit", "VM.PowerMgmt"]

[users."ann@pve"]

[users."joe@pve"]
enable = false
expire = 1800000000
firstname = "Joe \"the\" \u001b[31m"
email = "joe@example.org"

[users."joe@pve".tokens.ci]
privsep = false

[groups.devs]
members = ["ann@pve", "joe@pve"]

[groups.none]
members = []

[pools."web/inner"]
comment = "günther"
guests = [100, 101]
storages = ["local"]

[acl."/vms/100"]
"@devs" = ["Operator", { role = "PVEAuditor", propagate = false }]
"joe@pve!ci" = ["PVEAuditor"]

[realms.corp]
type = "ldap"
base_dn = "dc=example,dc=org"
port = 636
server1 = "ldap.example.org"
user_attr = "uid"
verify = true

[jobs.nightly]
realm = "corp"
schedule = "02:00"
scope = "both"
enabled = false
"#;

#[test]
fn written_and_read_again() {
    let document = Document::parse("x.toml", WHOLE).unwrap();
    let again = toml(&document).unwrap();
    assert_eq!(Document::parse("x.toml", &again).unwrap(), document, "{again}");
    assert_eq!(toml(&Document::parse("x.json", &json(&document).unwrap()).unwrap()).unwrap(), again);
    for line in WHOLE.lines() {
        assert!(again.contains(line), "{line}\n{again}");
    }
}

#[test]
fn long_lists_have_a_line_for_each_item() {
    let members: Vec<String> = (0..20).map(|number| format!("\"user{number}@pve\"")).collect();
    let document =
        Document::parse("x", &format!("[groups.all]\nmembers = [{}]\n", members.join(", "))).unwrap();
    assert!(toml(&document).unwrap().contains("members = [\n    \"user0@pve\",\n"));
}

#[test]
fn mistakes_have_a_place() {
    let mut wrong = Vec::new();
    for (text, message) in [
        ("[grups]\n", "x:1:2: unknown key 'grups'; did you mean 'groups'?"),
        ("[groups.a]\nmembres = []\n", "x:2:1: unknown key 'membres'; did you mean 'members'?"),
        ("[groups.a]\nkind = 1\n", "x:2:1: unknown key 'kind'; known are comment, members"),
        ("[groups.a]\nmembers = [\"joe\"]\n", "x:2:11: value 'joe' does not look like"),
        ("[users.joe]\n", "x:1:8: value 'joe' does not look like"),
        ("[users.\"joe@pve\"]\nenable = 1\n", "x:2:10: "),
        ("[acl.\"/vms\"]\ndevs = [\"Admin\"]\n", "x:2:1: 'devs' is nobody who can hold a role"),
        (
            "[acl.\"/vms\"]\n\"@devs\" = [{ rule = \"A\" }]\n",
            "x:2:14: unknown key 'rule'; did you mean 'role'?",
        ),
        ("[acl.\"/vms\"]\n\"@devs\" = [\"A\", \"A\"]\n", "x:2:11: role 'A' comes twice"),
        ("[realms.oo]\nclient-key = \"s\"\n", "x:2:1: 'client-key' is a secret"),
        ("[realms.oo]\ntfa = \"type=yubico,id=1,key=s\"\n", "x:1:1: tfa: the key is a secret"),
        ("[realms.oo]\nprot = 1\n", "x:2:1: unknown key 'prot'; did you mean 'port'?"),
        ("[jobs.ab]\nscope = \"all\"\n", "x:1:1: scope: "),
        (
            "{\"groups\": {\"a\": {\"membres\": []}}}",
            "x:1:27: unknown key 'membres'; did you mean 'members'?",
        ),
        ("{\"groups\": {\"a\": {},\n\"a\": {}}}", "x:2:3: 'a' comes twice"),
    ] {
        let error = Document::parse("x", text).unwrap_err().to_string();
        if !error.starts_with(message) {
            wrong.push(format!("{text}\n{error}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}
