//! What has to be there before a command makes sense, read off the command itself.

use crate::fill::Filled;
use crate::support::Place;
use usher::catalogue::Catalogue;
use usher::format::user_cfg;
use usher::model::acl::Subject;
use usher::model::directory::Directory;
use usher::model::group::Group;
use usher::model::id::{GroupId, PoolId, RoleId, TokenId, UserId};
use usher::model::path::AclPath;
use usher::model::pool::Pool;
use usher::model::role::Role;
use usher::model::token::Token;
use usher::model::user::User;

const GROUPS: &[&str] = &["group", "groups"];
const USERS: &[&str] = &["user", "users"];
const TOKENS: &[&str] = &["token", "tokens"];
const ROLES: &[&str] = &["role", "roles"];

/// Things to be made, one after the other. A name that is none, or is taken, is left out: the command itself
/// has to cope with it.
struct Setting(Directory);

impl Setting {
    fn user(&mut self, id: &str) {
        if let Ok(id) = UserId::parse(id) {
            let _ = self.0.add_user(User::new(id), &[]);
        }
    }

    fn token(&mut self, id: &str) {
        if let Ok(id) = TokenId::parse(id) {
            self.user(id.user.as_str());
            let token = Token {
                name: id.name,
                expire: 0,
                separated: true,
                comment: String::new(),
                rest: String::new(),
            };
            let _ = self.0.add_token(&id.user, token);
        }
    }

    fn group(&mut self, id: &str) {
        if let Ok(id) = GroupId::parse(id) {
            let _ = self.0.add_group(Group::new(id));
        }
    }

    fn role(&mut self, id: &str) {
        if let Ok(id) = RoleId::parse(id) {
            let _ = self.0.add_role(Role { id, privileges: Default::default(), rest: String::new() });
        }
    }

    fn pool(&mut self, id: &str) {
        if let Ok(id) = PoolId::parse(id) {
            let _ = self.0.add_pool(Pool::new(id));
        }
    }

    fn grant(&mut self, command: &Filled, path: &str) {
        let groups = command.items(GROUPS).into_iter().map(|id| Subject::Group(GroupId::parse(&id).unwrap()));
        let users = command.items(USERS).into_iter().map(|id| Subject::User(UserId::parse(&id).unwrap()));
        let roles: Vec<RoleId> = command.items(ROLES).iter().map(|id| RoleId::parse(id).unwrap()).collect();
        let subjects: Vec<Subject> = groups.chain(users).collect();
        self.0.grant(&AclPath::parse(path).unwrap().node(), &subjects, &roles, true).unwrap();
    }
}

/// A directory in which the command finds what it is about.
pub fn place(command: &Filled, catalogue: &Catalogue) -> Place {
    let place = Place::new();
    let mut setting = Setting(Directory::empty(catalogue.rules()));
    let first = command.positionals.first().map(String::as_str).unwrap_or_default();
    command.items(GROUPS).iter().for_each(|id| setting.group(id));
    match command.path[..] {
        ["user", "token", verb] => {
            setting.user(first);
            if let (false, Some(token)) = (verb == "add", command.positionals.get(1)) {
                setting.token(&format!("{first}!{token}"));
            }
        }
        ["user", "tfa", _] => {
            setting.user(first);
            let id = command.options.iter().find(|(name, _)| name == "id").map_or("key", |(_, id)| id);
            let factor = serde_json::json!({"id": id, "created": 1, "entry": "cccccccccccc"});
            let factors = serde_json::json!({"yubico": [factor], "totp-locked": true});
            place.write("priv/tfa.cfg", serde_json::json!({"users": {first: factors}}).to_string());
        }
        ["ticket"] => {
            setting.user(first);
            let (name, _) = first.split_once('@').unwrap();
            // Of the password that is typed.
            place.write(
                "priv/shadow.cfg",
                format!("{name}:$5$saltsalt$UtDS6t99Pka698ol2VQDatmQYaZhwXChK1LQT9g7bL8:\n"),
            );
        }
        ["passwd"] | ["user", "modify" | "delete" | "permissions"] => setting.user(first),
        ["acl", verb] => {
            command.items(USERS).iter().for_each(|id| setting.user(id));
            command.items(TOKENS).iter().for_each(|id| setting.token(id));
            command.items(ROLES).iter().for_each(|id| setting.role(id));
            if verb == "delete" {
                setting.grant(command, first);
            }
        }
        ["group", "modify" | "delete"] => setting.group(first),
        ["role", "modify" | "delete"] => setting.role(first),
        ["pool", "modify" | "delete"] => setting.pool(first),
        ["realm", "modify" | "delete"] if first != "pam" => {
            let of_ldap =
                command.options.iter().any(|(name, _)| name == "verify" || name.starts_with("sync-"));
            let kind = match of_ldap {
                true => "ldap: %\n\tbase_dn dc=example\n\tserver1 127.0.0.1\n\tuser_attr uid\n\n",
                false => "openid: %\n\tclient-id usher\n\tissuer-url https://example.com\n\n",
            };
            place.write("domains.cfg", kind.replace('%', first));
        }
        _ => {}
    }
    place.write("user.cfg", user_cfg::render(&setting.0).to_vec());
    place
}
