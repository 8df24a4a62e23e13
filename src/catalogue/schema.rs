//! Catalogues as TOML: the schema of `docs/catalogue.md`, and every way a text can break it.

use super::duty::DUTIES;
use super::{Administration, Catalogue, Delegation, Duty, Pools, Text, pattern};
use crate::error::{Error, Result};
use crate::model::id;
use crate::model::privilege::{Privilege, PrivilegeSet};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use toml::Spanned;

type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Document {
    name: Word,
    title: Option<String>,
    superuser: Word,
    role_rules: RoleRules,
    #[serde(default)]
    pools: PoolPrefixes,
    #[serde(default)]
    administration: AdministrationPaths,
    paths: Paths,
    #[serde(default)]
    delegation: DelegationRules,
    #[serde(default)]
    duties: BTreeMap<Word, Word>,
    privileges: BTreeMap<Word, String>,
    roles: BTreeMap<Word, Vec<Word>>,
    #[serde(default)]
    elsewhere: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RoleRules {
    blocking: Word,
    full: Word,
    #[serde(default)]
    reserved_prefix: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PoolPrefixes {
    acl: Option<Word>,
    guests: Option<Word>,
    storages: Option<Word>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct AdministrationPaths {
    everything: Option<Word>,
    groups: Option<Word>,
    realms: Option<Word>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Paths {
    #[serde(default)]
    listed: Vec<Word>,
    allowed: Vec<Word>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct DelegationRules {
    privilege: Option<Word>,
    #[serde(default)]
    below: BTreeMap<Word, Word>,
}

/// `usher.toml` as far as this room is concerned.
#[derive(Deserialize)]
struct Settings {
    catalogue: Option<Spanned<Choice>>,
}

enum Choice {
    Shipped(String),
    Own(Box<Document>),
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Choice;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("the name of a shipped catalogue or a table that is one")
            }

            fn visit_str<E>(self, name: &str) -> std::result::Result<Choice, E> {
                Ok(Choice::Shipped(name.to_owned()))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                map: A,
            ) -> std::result::Result<Choice, A::Error> {
                Document::deserialize(MapAccessDeserializer::new(map)).map(Box::new).map(Choice::Own)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Where in which text something is wrong.
#[derive(Clone, Copy)]
struct Reader<'a> {
    file: &'a str,
    text: &'a str,
}

/// Reads a catalogue that is a document of its own.
pub(super) fn parse(file: &str, text: &str) -> Result<Catalogue> {
    let reader = Reader { file, text };
    reader.catalogue(reader.read()?)
}

/// Reads the catalogue a settings file chooses.
pub(super) fn in_settings(file: &str, text: &str) -> Result<Option<Catalogue>> {
    let reader = Reader { file, text };
    let settings: Settings = reader.read()?;
    let Some(choice) = settings.catalogue else { return Ok(None) };
    let span = choice.span();
    match choice.into_inner() {
        Choice::Own(document) => reader.catalogue(*document).map(Some),
        Choice::Shipped(name) => match Catalogue::named(&name) {
            Ok(catalogue) => Ok(Some(catalogue)),
            Err(error) => {
                let advice = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
                Err(reader.refuse(span, format!("{error}{advice}")))
            }
        },
    }
}

impl Reader<'_> {
    fn read<T: for<'de> Deserialize<'de>>(self) -> Result<T> {
        toml::from_str(self.text)
            .map_err(|error| self.refuse(error.span().unwrap_or_default(), error.message().to_owned()))
    }

    fn refuse(self, span: Range<usize>, message: String) -> Error {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Error::Syntax {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(start..).unwrap_or_default().chars().count() + 1,
            message,
        }
    }

    /// Holds `word` to a rule; the refusal points at it.
    fn require(self, word: &Word, rule: bool, message: &str) -> Result<()> {
        if rule {
            return Ok(());
        }
        Err(self.refuse(word.span(), format!("'{}' {message}", word.get_ref())))
    }

    fn catalogue(self, document: Document) -> Result<Catalogue> {
        let Document { name, title, superuser, role_rules: rules, pools, paths, .. } = &document;
        self.require(
            name,
            id::is_name(name.get_ref()),
            "cannot name a catalogue: use letters, digits and .-_",
        )?;
        let is_user = id::split_user(superuser.get_ref()).is_some();
        self.require(superuser, is_user, "is no user id; write it like root@pam")?;

        let privileges = self.privileges(&document.privileges)?;
        let roles = self.roles(&document.roles, &privileges)?;
        let all: PrivilegeSet = (0..privileges.len()).filter_map(Privilege::at).collect();
        let held =
            |role: &Word| roles.iter().find(|(known, _)| known == role.get_ref()).map(|(_, held)| *held);
        let blocks = held(&rules.blocking) == Some(PrivilegeSet::EMPTY);
        self.require(&rules.blocking, blocks, "blocks, so it has to be a built-in role without privileges")?;
        let full = held(&rules.full) == Some(all);
        self.require(&rules.full, full, "has to be a built-in role with every privilege (\"*\")")?;

        let access = &document.administration;
        for path in paths.listed.iter().chain(&access.everything) {
            let normal = crate::model::path::AclPath::is_normal(path.get_ref());
            self.require(path, normal, "is no path; write it like /a/b")?;
        }
        for pattern in &paths.allowed {
            pattern::check(pattern.get_ref()).map_err(|message| self.refuse(pattern.span(), message))?;
        }
        let delegation = self.delegation(&document.delegation, &privileges)?;
        let duties = self.duties(&document.duties, &privileges)?;
        Ok(Catalogue {
            name: name.get_ref().clone().into(),
            title: title.clone().unwrap_or_else(|| name.get_ref().clone()).into(),
            superuser: superuser.get_ref().clone().into(),
            blocking_role: rules.blocking.get_ref().clone().into(),
            full_role: rules.full.get_ref().clone().into(),
            reserved_prefix: rules.reserved_prefix.clone().into(),
            pools: Pools {
                acl: self.prefix(pools.acl.as_ref())?,
                guests: self.prefix(pools.guests.as_ref())?,
                storages: self.prefix(pools.storages.as_ref())?,
            },
            administration: Administration {
                everything: access
                    .everything
                    .as_ref()
                    .map(|path| path.get_ref().clone().into())
                    .unwrap_or_default(),
                groups: self.prefix(access.groups.as_ref())?,
                realms: self.prefix(access.realms.as_ref())?,
            },
            listed: words(&paths.listed),
            allowed: words(&paths.allowed),
            delegation,
            duties,
            privileges,
            roles,
            elsewhere: document
                .elsewhere
                .into_iter()
                .map(|(name, advice)| (name.into(), advice.into()))
                .collect(),
        })
    }

    fn privileges(self, table: &BTreeMap<Word, String>) -> Result<Vec<(Text, Text)>> {
        for (place, name) in table.keys().enumerate() {
            self.require(
                name,
                id::is_name(name.get_ref()),
                "cannot name a privilege: use letters, digits and .-_",
            )?;
            self.require(
                name,
                Privilege::at(place).is_some(),
                "is one privilege too many: there is room for 128",
            )?;
        }
        Ok(table
            .iter()
            .map(|(name, meaning)| (name.get_ref().clone().into(), meaning.clone().into()))
            .collect())
    }

    fn roles(
        self,
        table: &BTreeMap<Word, Vec<Word>>,
        privileges: &[(Text, Text)],
    ) -> Result<Vec<(Text, PrivilegeSet)>> {
        let mut roles = Vec::with_capacity(table.len());
        for (name, items) in table {
            self.require(
                name,
                id::is_name(name.get_ref()),
                "cannot name a role: use letters, digits and .-_",
            )?;
            let mut held = PrivilegeSet::EMPTY;
            for item in items {
                if item.get_ref() == "*" {
                    held = (0..privileges.len()).filter_map(Privilege::at).collect();
                } else {
                    held.insert(self.privilege(item, privileges)?);
                }
            }
            roles.push((name.get_ref().clone().into(), held));
        }
        Ok(roles)
    }

    fn privilege(self, word: &Word, privileges: &[(Text, Text)]) -> Result<Privilege> {
        let place = privileges.binary_search_by(|(known, _)| known.as_ref().cmp(word.get_ref().as_str()));
        place.ok().and_then(Privilege::at).ok_or_else(|| {
            self.refuse(
                word.span(),
                format!("invalid privilege '{}': it is not in [privileges]", word.get_ref()),
            )
        })
    }

    fn delegation(self, rules: &DelegationRules, privileges: &[(Text, Text)]) -> Result<Delegation> {
        let privilege = rules.privilege.as_ref().map(|word| self.privilege(word, privileges)).transpose()?;
        let mut below = Vec::with_capacity(rules.below.len());
        for (prefix, word) in &rules.below {
            below.push((self.prefix(Some(prefix))?, self.privilege(word, privileges)?));
        }
        Ok(Delegation { privilege, below })
    }

    fn duties(
        self,
        rules: &BTreeMap<Word, Word>,
        privileges: &[(Text, Text)],
    ) -> Result<[Option<Privilege>; DUTIES]> {
        for name in rules.keys() {
            let known = Duty::ALL.map(Duty::as_str);
            let message = format!("is no duty; there are {}", known.join(", "));
            self.require(name, known.contains(&name.get_ref().as_str()), &message)?;
        }
        let mut duties = [None; DUTIES];
        for (duty, slot) in Duty::ALL.into_iter().zip(&mut duties) {
            let word = rules.iter().find(|(name, _)| name.get_ref() == duty.as_str());
            *slot = word.map(|(_, word)| self.privilege(word, privileges)).transpose()?;
        }
        Ok(duties)
    }

    /// A path prefix that ends with `/`; empty when it is not given.
    fn prefix(self, word: Option<&Word>) -> Result<Text> {
        let Some(word) = word else { return Ok(Text::default()) };
        let path = word.get_ref().strip_suffix('/').is_some_and(crate::model::path::AclPath::is_normal);
        self.require(word, path, "is no path prefix; write it like /a/")?;
        Ok(word.get_ref().clone().into())
    }
}

fn words(words: &[Word]) -> Vec<Text> {
    words.iter().map(|word| word.get_ref().clone().into()).collect()
}
