//! What one synchronisation is to do, put together from all places that have a say.

use crate::error::{Error, Result};
use crate::model::id::RealmId;
use crate::model::realm::{Realm, Realms};
use crate::model::sync::{Keep, Limit, NameCase, Scope, Vanished, Wishes};

/// What one synchronisation is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What is synchronised.
    pub scope: Scope,
    /// What is removed when something is gone from the server.
    pub vanished: Vanished,
    /// Whether new users may sign in.
    pub enable_new: bool,
    /// How much may be taken away; `None`: what is usual, see [`crate::realm::sync::plan`].
    pub max_delete: Option<Limit>,
    /// Whether a server that knows nobody is believed.
    pub allow_empty: bool,
    /// Whether members of groups in groups are members.
    pub nested: bool,
    /// Whether members are read from `memberUid` as well (RFC 2307).
    pub member_uid: bool,
    /// How names are spelt.
    pub name_case: NameCase,
    /// What is left of a removed user.
    pub keep: Keep,
    /// How many entries the server is asked for at a time; `None`: what is usual.
    pub page_size: Option<u32>,
    /// Whether new users are taken whose name holds a `,` or `;`, as the original does. They can be in
    /// no group and no ACL entry.
    pub accept_separators: bool,
    /// Whether new users and groups get the ACL entries that were left under their name, as in the original.
    pub keep_left_over: bool,
    /// Whether letter case does not count when users of the realm sign in. Two spellings of one name would
    /// keep each other out then.
    pub one_spelling: bool,
    /// Other realms whose groups end like those of this one: with realms `corp` and `my-corp`, the group
    /// `x-my-corp` belongs to the second alone.
    pub neighbours: Vec<RealmId>,
}

impl Options {
    /// The options for `realm`, which is one of `realms`: what is `given` for this one time, else what
    /// the realm's `sync-defaults-options` say, else what the `settings` of the directory say.
    ///
    /// The old options `full` and `purge` have no effect: whoever starts the original with them gets no
    /// deletion, and must not get one here.
    ///
    /// # Errors
    /// [`Error::Parameters`] when nobody says what is to be synchronised; [`Error::Refused`] for a realm
    /// without a directory server.
    pub fn settle(realms: &Realms, realm: &Realm, given: Wishes, settings: Wishes) -> Result<Self> {
        if !realm.kind().has_server() {
            let message =
                format!("Cannot sync realm type '{}'! Only LDAP/AD realms can be synced.", realm.kind());
            return Err(Error::refused(message));
        }
        let all = given.or(stored(realm)).or(settings);
        let Some(scope) = all.scope else {
            return Err(Error::parameter(
                "scope",
                "Not passed as parameter and not defined in realm default sync options.",
            ));
        };
        let ending = format!("-{}", realm.id());
        let others = realms.iter().map(Realm::id).filter(|other| other.as_str().ends_with(&ending));
        Ok(Self {
            scope,
            vanished: all.vanished.unwrap_or_default(),
            enable_new: all.enable_new.unwrap_or(true),
            max_delete: all.max_delete,
            allow_empty: all.allow_empty.unwrap_or(false),
            nested: all.nested.unwrap_or(false),
            member_uid: all.member_uid.unwrap_or(false),
            name_case: all.name_case.unwrap_or_default(),
            keep: all.keep.unwrap_or_default(),
            page_size: all.page_size,
            accept_separators: false,
            keep_left_over: false,
            one_spelling: !realm.is_case_sensitive(),
            neighbours: others.cloned().collect(),
        })
    }
}

/// What the realm itself says. Its values were checked when they were stored; what somebody wrote into
/// the file by hand and is wrong counts as not said.
fn stored(realm: &Realm) -> Wishes {
    let defaults = realm.sync_defaults();
    Wishes {
        scope: defaults.get("scope").and_then(|text| Scope::parse(text).ok()),
        vanished: defaults.get("remove-vanished").and_then(|text| Vanished::parse(text).ok()),
        enable_new: defaults.get("enable-new").map(|text| text == "1"),
        max_delete: defaults.get("max-delete").and_then(|text| Limit::parse(text).ok()),
        ..Wishes::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::realm::RealmKind;

    fn realms(defaults: &str) -> Realms {
        let mut realms = Realms::default();
        let values = |defaults: &str| {
            [
                ("base_dn", "dc=x"),
                ("server1", "127.0.0.1"),
                ("user_attr", "uid"),
                ("sync-defaults-options", defaults),
            ]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<Vec<_>>()
        };
        realms.add(RealmKind::Ldap, RealmId::parse("corp").unwrap(), values(defaults)).unwrap();
        realms.add(RealmKind::Ldap, RealmId::parse("my-corp").unwrap(), values("")).unwrap();
        realms
    }

    fn settle(defaults: &str, given: Wishes, settings: Wishes) -> Result<Options> {
        let realms = realms(defaults);
        Options::settle(&realms, realms.get("corp").unwrap(), given, settings)
    }

    #[test]
    fn the_nearest_place_counts() {
        let settings = Wishes {
            max_delete: Some(Limit::Count(5)),
            nested: Some(true),
            enable_new: Some(true),
            ..Wishes::default()
        };
        let given = Wishes { scope: Some(Scope::Both), ..Wishes::default() };
        let options =
            settle("scope=users,enable-new=0,max-delete=10%,remove-vanished=acl;entry", given, settings)
                .unwrap();
        assert_eq!(options.scope, Scope::Both);
        assert_eq!(options.max_delete, Some(Limit::Percent(10)));
        assert!(!options.enable_new && options.nested && options.vanished.acl && options.vanished.entry);
        assert_eq!(options.neighbours.iter().map(RealmId::as_str).collect::<Vec<_>>(), ["my-corp"]);
    }

    #[test]
    fn what_must_be_said() {
        let error = settle("", Wishes::default(), Wishes::default()).unwrap_err().to_string();
        assert!(error.starts_with("scope: Not passed as parameter"), "{error}");
        let realms = realms("");
        let error =
            Options::settle(&realms, realms.get("pve").unwrap(), Wishes::default(), Wishes::default());
        assert!(error.unwrap_err().to_string().starts_with("Cannot sync realm type 'pve'!"));
    }

    #[test]
    fn old_words_do_nothing() {
        let mut realm = Realm::new(RealmId::parse("corp").unwrap(), RealmKind::Ldap);
        let property = crate::model::realm::Property::find("sync-defaults-options").unwrap();
        realm.read(property, "scope=both,full=1,purge=1".into());
        let options =
            Options::settle(&Realms::default(), &realm, Wishes::default(), Wishes::default()).unwrap();
        assert_eq!(options.vanished, Vanished::default());
    }
}
