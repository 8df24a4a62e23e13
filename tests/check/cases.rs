//! A case for every code: a directory the code is found in, one it is not found in, and what repairing leaves.

/// One code.
pub struct Case {
    /// The code.
    pub code: &'static str,
    /// What else `check` is told.
    pub options: &'static str,
    /// The directory it is found in.
    pub bad: &'static [(&'static str, &'static str)],
    /// Modes of files in it that are not as they should be.
    pub modes: &'static [(&'static str, u32)],
    /// Where it is found.
    pub at: &'static str,
    /// What the finding says, among other things.
    pub says: &'static str,
    /// A directory that is as close to the bad one as can be, and where it is not found.
    pub good: &'static [(&'static str, &'static str)],
    /// Files after repairing the bad one.
    pub after: &'static [(&'static str, &'static str)],
}

const CASE: Case =
    Case { code: "", options: "", bad: &[], modes: &[], at: "", says: "", good: &[], after: &[] };

/// The line of the superuser, as usher writes it.
pub const ROOT: &str = "user:root@pam:1:0::::::\n";

const USER: &str = "user.cfg";
const LDAP: &str = "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n";

pub const CASES: &[Case] = &[
    Case {
        code: "U001",
        bad: &[(USER, "user:joe@pve:1:0::::::\n# who is that?\nuser:root@pam:1:0::::::\n\n\n\n\n")],
        at: "user.cfg:2",
        says: "# who is that?",
        good: &[(USER, "user:joe@pve:1:0::::::\nuser:root@pam:1:0::::::\n\n\n\n\n")],
        ..CASE
    },
    Case {
        code: "U002",
        bad: &[("priv/tfa.cfg", "{\n\"users\": nonsense }")],
        at: "priv/tfa.cfg:2",
        says: "neither old style nor valid json",
        good: &[("priv/tfa.cfg", "{\"users\":{}}")],
        ..CASE
    },
    Case {
        code: "U003",
        bad: &[(USER, "user:joe@pve:1:0::::::\nacl:1:/:joe@pve:Watcher,PVEAuditor:\n")],
        at: "user.cfg:2",
        says: "'Watcher'",
        good: &[(USER, "user:joe@pve:1:0::::::\nrole:Watcher::\nacl:1:/:joe@pve:Watcher,PVEAuditor:\n")],
        after: &[(
            USER,
            "user:joe@pve:1:0::::::\nuser:root@pam:1:0::::::\n\n\n\n\nacl:1:/:joe@pve:PVEAuditor:\n",
        )],
        ..CASE
    },
    Case {
        code: "U004",
        bad: &[(USER, "role:Watcher:VM.Audit,VM.Monitor:\n")],
        at: "user.cfg:1",
        says: "'VM.Monitor', which 'pve9' does not know",
        good: &[(USER, "role:Watcher:VM.Audit,VM.Monitor:\n"), ("usher.toml", "catalogue = \"pve8\"\n")],
        after: &[(USER, "user:root@pam:1:0::::::\n\n\n\nrole:Watcher:VM.Audit:\n\n")],
        ..CASE
    },
    Case {
        code: "U005",
        bad: &[(USER, "user:joe@pve:1:0::::::tomorrow:\n")],
        at: "user.cfg:1",
        says: "'joe@pve' has fields nobody reads: 'tomorrow'",
        good: &[(USER, "user:joe@pve:1:0::::::\n")],
        after: &[(USER, "user:joe@pve:1:0::::::\nuser:root@pam:1:0::::::\n\n\n\n\n")],
        ..CASE
    },
    Case {
        code: "U006",
        bad: &[(USER, "user:joe@pve:0:0::::::\nuser:ann@pve:1:0::::::\nuser:joe@pve:1:0::::::\n")],
        at: "user.cfg:3",
        says: "user 'joe@pve' stands in user.cfg:1 already: this line counts",
        good: &[(USER, "user:joe@pve:0:x::::::\nuser:ann@pve:1:0::::::\nuser:joe@pve:1:0::::::\n")],
        ..CASE
    },
    Case {
        code: "U010",
        bad: &[(USER, "user:joe@pve:1:0::::::\ngroup:devs:joe@pve,gone@pve::\n")],
        at: "user.cfg:2",
        says: "'gone@pve'",
        good: &[(USER, "user:joe@pve:1:0::::::\ngroup:devs:joe@pve::\n")],
        after: &[(USER, "user:joe@pve:1:0::::::\nuser:root@pam:1:0::::::\n\ngroup:devs:joe@pve::\n\n\n\n")],
        ..CASE
    },
    Case {
        code: "U011",
        bad: &[(USER, "user:joe@pve:1:0::::::\nacl:1:/vms:joe@pve,@none:PVEAuditor:\n")],
        at: "user.cfg:2",
        says: "the group 'none'",
        good: &[(USER, "user:joe@pve:1:0::::::\ngroup:none:::\nacl:1:/vms:joe@pve,@none:PVEAuditor:\n")],
        after: &[(
            USER,
            "user:joe@pve:1:0::::::\nuser:root@pam:1:0::::::\n\n\n\n\nacl:1:/vms:joe@pve:PVEAuditor:\n",
        )],
        ..CASE
    },
    Case {
        code: "U012",
        bad: &[(USER, "role:Watcher:VM.Audit:\n")],
        at: "user.cfg:1",
        says: "'Watcher'",
        good: &[(USER, "user:joe@pve:1:0::::::\nrole:Watcher:VM.Audit:\nacl:1:/:joe@pve:Watcher:\n")],
        ..CASE
    },
    Case {
        code: "U013",
        bad: &[(USER, "group:devs:::\n")],
        at: "user.cfg:1",
        says: "'devs'",
        good: &[(USER, "group:devs:::\nacl:1:/:@devs:PVEAuditor:\n")],
        ..CASE
    },
    Case {
        code: "U014",
        bad: &[(USER, "group:devs:::\nacl:1:/:@devs:PVEAuditor:\n")],
        at: "user.cfg:1",
        says: "'devs' has ACL entries and no members",
        good: &[(USER, "user:joe@pve:1:0::::::\ngroup:devs:joe@pve::\nacl:1:/:@devs:PVEAuditor:\n")],
        ..CASE
    },
    Case {
        code: "U020",
        bad: &[(
            USER,
            "user:joe@pve:1:0::::::\ngroup:devs:joe@pve::\nacl:1:/vms:joe@pve:PVEAuditor:\nacl:1:/vms:@devs:PVEVMAdmin:\n",
        )],
        at: "user.cfg:4",
        says: "PVEVMAdmin for '@devs' on /vms has no effect",
        // The second member makes the difference.
        good: &[(
            USER,
            "user:amy@pve:1:0::::::\nuser:joe@pve:1:0::::::\ngroup:devs:amy@pve,joe@pve::\n\
             acl:1:/vms:joe@pve:PVEAuditor:\nacl:1:/vms:@devs:PVEVMAdmin:\n",
        )],
        ..CASE
    },
    Case {
        code: "U021",
        bad: &[(
            USER,
            "user:joe@pve:1:0::::::\nacl:1:/:joe@pve:PVEAuditor:\nacl:1:/vms:joe@pve:PVEAuditor:\n",
        )],
        at: "user.cfg:3",
        says: "PVEAuditor for 'joe@pve' on /vms has no effect",
        // What does not propagate leaves less below.
        good: &[(
            USER,
            "user:joe@pve:1:0::::::\nacl:0:/:joe@pve:PVEAuditor:\nacl:1:/vms:joe@pve:PVEAuditor:\n",
        )],
        ..CASE
    },
    Case {
        code: "U022",
        bad: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\nacl:1:/vms:joe@pve!ci:PVEAuditor:\n")],
        at: "user.cfg:3",
        says: "'joe@pve!ci'",
        good: &[(
            USER,
            "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\nacl:1:/vms:joe@pve!ci:PVEAuditor:\n",
        )],
        ..CASE
    },
    Case {
        code: "U023",
        bad: &[(
            USER,
            "user:joe@pve:1:0::::::\nacl:1:/vms:joe@pve:PVEVMAdmin:\nacl:1:/vms/100:joe@pve:PVETemplateUser:\n",
        )],
        at: "user.cfg:3",
        says: "takes away VM.Allocate and 20 more",
        good: &[(
            USER,
            "user:joe@pve:1:0::::::\nacl:1:/vms:joe@pve:PVEVMAdmin:\nacl:1:/vms/100:joe@pve:NoAccess:\n",
        )],
        ..CASE
    },
    Case {
        code: "U024",
        bad: &[(USER, "user:joe@pve:1:0::::::\nacl:1:/vm/100:joe@pve:PVEVMAdmin:\n")],
        at: "user.cfg:2",
        says: "/vm/100",
        good: &[(USER, "user:joe@pve:1:0::::::\nacl:1:/vms/100:joe@pve:PVEVMAdmin:\n")],
        ..CASE
    },
    Case {
        code: "U030",
        bad: &[(
            USER,
            "group:all:a1@pve,a2@pve,a3@pve,a4@pve,a5@pve,a6@pve,a7@pve,a8@pve,a9@pve,b1@pve,b2@pve::\n\
             acl:1:/:@all:Administrator:\n",
        )],
        at: "user.cfg:2",
        says: "11 members",
        good: &[(
            USER,
            "group:all:a1@pve,a2@pve,a3@pve,a4@pve,a5@pve,a6@pve,a7@pve,a8@pve,a9@pve,b1@pve,b2@pve::\n\
             acl:1:/vms:@all:Administrator:\nacl:1:/:@all:PVEAdmin:\n",
        )],
        ..CASE
    },
    Case {
        code: "U031",
        bad: &[(
            USER,
            "group:one:a1@pve,a2@pve,a3@pve,a4@pve,a5@pve::\ngroup:two:a6@pve,a7@pve,a8@pve,a9@pve,b1@pve::\n\
             acl:1:/:@one:Administrator:\nacl:1:/:@two,b2@pve:Administrator:\n",
        )],
        at: "user.cfg:3",
        says: "11 users",
        // The same user twice is one.
        good: &[(
            USER,
            "group:one:a1@pve,a2@pve,a3@pve,a4@pve,a5@pve::\ngroup:two:a6@pve,a7@pve,a8@pve,a9@pve,b1@pve::\n\
             acl:1:/:@one:Administrator:\nacl:1:/:@two,b1@pve:Administrator:\n",
        )],
        ..CASE
    },
    Case {
        code: "U032",
        bad: &[(
            USER,
            "user:joe@pve:1:0::::::\ngroup:devs:joe@pve::\nacl:1:/vms:@devs:NoAccess:\nacl:1:/vms:joe@pve:PVEVMAdmin:\n",
        )],
        at: "user.cfg:3",
        says: "does not stop 'joe@pve'",
        good: &[(
            USER,
            "user:joe@pve:1:0::::::\ngroup:devs:joe@pve::\nacl:1:/vms:@devs:NoAccess:\nacl:1:/:joe@pve:PVEVMAdmin:\n",
        )],
        ..CASE
    },
    Case {
        code: "U033",
        bad: &[(USER, "user:joe@pve:1:0::::::\nacl:0:/vms:joe@pve:NoAccess:\n")],
        at: "user.cfg:2",
        says: "nothing is denied below /vms",
        good: &[(
            USER,
            "user:joe@pve:1:0::::::\nacl:1:/vms:joe@pve:NoAccess:\nacl:0:/vms/100:joe@pve:NoAccess:\n",
        )],
        ..CASE
    },
    Case {
        code: "U040",
        bad: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\nacl:1:/:joe@pve:PVEAuditor:\n")],
        at: "user.cfg:2",
        says: "'joe@pve!ci'",
        good: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\nacl:1:/:joe@pve:PVEAuditor:\n")],
        ..CASE
    },
    Case {
        code: "U041",
        bad: &[(
            USER,
            "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\nacl:1:/vms:joe@pve!ci:PVEVMUser:\nacl:1:/nodes:joe@pve:PVEAdmin:\n",
        )],
        at: "user.cfg:2",
        says: "'joe@pve!ci'",
        // The owner holds something further down, through a group and a pool.
        good: &[(
            USER,
            "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:1::\ngroup:devs:joe@pve::\npool:web::100::\n\
             acl:1:/vms:joe@pve!ci:PVEVMUser:\nacl:1:/pool/web:@devs:PVEVMUser:\n",
        )],
        ..CASE
    },
    Case {
        code: "U042",
        bad: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:1000000000:0::\n")],
        at: "user.cfg:2",
        says: "'joe@pve!ci' is expired",
        good: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:99999999999:0::\n")],
        ..CASE
    },
    Case {
        code: "U043",
        bad: &[(USER, "user:root@pam:1:0::::::\ntoken:root@pam!ci:0:0::\n")],
        at: "user.cfg:2",
        says: "'root@pam!ci'",
        good: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\n")],
        ..CASE
    },
    Case {
        code: "U050",
        bad: &[(USER, "user:joe@pve:1:1000000000::::::\n")],
        at: "user.cfg:1",
        says: "'joe@pve' is expired",
        good: &[(USER, "user:joe@pve:0:1000000000::::::\nuser:amy@pve:1:99999999999::::::\n")],
        ..CASE
    },
    Case {
        code: "U051",
        bad: &[(USER, "user:joe@corp:1:0::::::\n")],
        at: "user.cfg:1",
        says: "the realm 'corp', which does not exist",
        good: &[(USER, "user:joe@corp:1:0::::::\nuser:amy@pam:1:0::::::\n"), ("domains.cfg", LDAP)],
        ..CASE
    },
    Case {
        code: "U060",
        bad: &[("domains.cfg", LDAP)],
        at: "domains.cfg:1",
        says: "'corp' sends the passwords of its users unencrypted",
        good: &[(
            "domains.cfg",
            "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n\tmode ldaps\n",
        )],
        ..CASE
    },
    Case {
        code: "U061",
        bad: &[("domains.cfg", "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n\tmode ldaps\n")],
        at: "domains.cfg:1",
        says: "'corp' takes any certificate",
        good: &[(
            "domains.cfg",
            "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n\tmode ldaps\n\tverify 1\n",
        )],
        ..CASE
    },
    Case {
        code: "U062",
        bad: &[(
            "domains.cfg",
            "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n\tmode ldaps\n\tsslversion tlsv1\n",
        )],
        at: "domains.cfg:1",
        says: "sslversion 'tlsv1' is not spoken",
        good: &[
            (
                "domains.cfg",
                "ldap: corp\n\tbase_dn dc=x\n\tserver1 one\n\tuser_attr uid\n\tbind_dn cn=a\n\tsslversion tlsv1_2\n",
            ),
            ("priv/realm/corp.pw", "sesame\n"),
        ],
        ..CASE
    },
    Case {
        code: "U063",
        bad: &[("jobs.cfg", "realm-sync: nightly\n\tschedule 2:00\n\tscope both\n\trealm corp\n")],
        at: "jobs.cfg:1",
        says: "the realm 'corp', which does not exist",
        good: &[
            ("jobs.cfg", "realm-sync: nightly\n\tschedule 2:00\n\tscope both\n\trealm corp\n"),
            ("domains.cfg", LDAP),
        ],
        ..CASE
    },
    Case {
        code: "U070",
        bad: &[
            (USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\n"),
            ("priv/token.cfg", "joe@pve!ci one\njoe@pve!gone two\n"),
        ],
        at: "priv/token.cfg:2",
        says: "'joe@pve!gone'",
        good: &[
            (USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\n"),
            ("priv/token.cfg", "joe@pve!ci one\n"),
        ],
        after: &[
            (USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\n"),
            ("priv/token.cfg", "joe@pve!ci one\n"),
        ],
        ..CASE
    },
    Case {
        code: "U071",
        bad: &[(USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\n")],
        at: "user.cfg:2",
        says: "'joe@pve!ci' has no secret",
        good: &[
            (USER, "user:joe@pve:1:0::::::\ntoken:joe@pve!ci:0:0::\n"),
            ("priv/token.cfg", "joe@pve!ci one\n"),
        ],
        ..CASE
    },
    Case {
        code: "U072",
        bad: &[(USER, "user:joe@pve:1:0::::::\n"), ("priv/shadow.cfg", "joe:one:\ngone:two:\n")],
        at: "priv/shadow.cfg:2",
        says: "'gone@pve'",
        good: &[(USER, "user:joe@pve:1:0::::::\n"), ("priv/shadow.cfg", "joe:one:\n")],
        after: &[("priv/shadow.cfg", "joe:one:\n")],
        ..CASE
    },
    Case {
        code: "U073",
        bad: &[
            (USER, "user:joe@pve:1:0::::::\n"),
            ("priv/tfa.cfg", "{\"users\":{\n\"gone@pve\":{},\"joe@pve\":{}}}"),
        ],
        at: "priv/tfa.cfg:2",
        says: "'gone@pve'",
        good: &[(USER, "user:joe@pve:1:0::::::\n"), ("priv/tfa.cfg", "{\"users\":{\"joe@pve\":{}}}")],
        after: &[("priv/tfa.cfg", "{\"users\":{\"joe@pve\":{}}}")],
        ..CASE
    },
    Case {
        code: "U074",
        bad: &[("priv/realm/gone.pw", "sesame\n")],
        at: "priv/realm/gone.pw",
        says: "the realm 'gone'",
        good: &[("priv/realm/corp.pw", "sesame\n"), ("domains.cfg", LDAP)],
        after: &[("priv/realm/gone.pw", "")],
        ..CASE
    },
    Case {
        code: "U080",
        bad: &[("priv/shadow.cfg", "joe:one:\n")],
        modes: &[("priv/shadow.cfg", 0o640)],
        at: "priv/shadow.cfg",
        says: "0640",
        good: &[("priv/shadow.cfg", "joe:one:\n")],
        ..CASE
    },
    Case {
        code: "U081",
        bad: &[(USER, "")],
        modes: &[(USER, 0o646)],
        at: "user.cfg",
        says: "0646",
        good: &[(USER, "")],
        ..CASE
    },
    Case {
        code: "U090",
        options: "--migrate pve9",
        bad: &[(USER, "role:Watcher:VM.Audit,VM.Monitor:\n"), ("usher.toml", "catalogue = \"pve8\"\n")],
        at: "user.cfg:1",
        says: "role 'Watcher' holds 'VM.Monitor', which 'pve9' does not know",
        good: &[(USER, "role:Watcher:VM.Audit:\n"), ("usher.toml", "catalogue = \"pve8\"\n")],
        ..CASE
    },
    Case {
        code: "U091",
        options: "--migrate pve9",
        bad: &[(USER, "role:pveWatcher:VM.Audit:\n"), ("usher.toml", "catalogue = \"pve8\"\n")],
        at: "user.cfg:1",
        says: "'pveWatcher'",
        good: &[(USER, "role:Watcher:VM.Audit:\n"), ("usher.toml", "catalogue = \"pve8\"\n")],
        ..CASE
    },
    Case {
        code: "U092",
        options: "--migrate pve8",
        bad: &[(USER, "user:joe@pve:1:0::::::\nacl:1:/sdn/fabrics/one:joe@pve:PVEAuditor:\n")],
        at: "user.cfg:2",
        says: "/sdn/fabrics/one stands at a path where 'pve8' knows nothing",
        good: &[(USER, "user:joe@pve:1:0::::::\nacl:1:/sdn/zones/one:joe@pve:PVEAuditor:\n")],
        ..CASE
    },
    Case {
        code: "U093",
        options: "--migrate pve9",
        bad: &[
            (
                USER,
                "user:joe@pve:1:0::::::\nacl:1:/vms:joe@pve:PVEVMAdmin:\nacl:1:/vms/100:joe@pve:PVEVMAdmin:\n",
            ),
            ("usher.toml", "catalogue = \"pve8\"\n"),
        ],
        at: "user.cfg:2",
        says: "PVEVMAdmin for 'joe@pve' on /vms, the first of its role, loses VM.Monitor with 'pve9'",
        good: &[
            (USER, "user:joe@pve:1:0::::::\nacl:1:/vms:joe@pve:PVEAuditor:\n"),
            ("usher.toml", "catalogue = \"pve8\"\n"),
        ],
        ..CASE
    },
];
