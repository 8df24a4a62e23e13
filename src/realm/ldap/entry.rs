//! What a server says about one object.

use ldap3::asn1::{PL, StructureTag};

/// An object of a directory server with the attributes that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its distinguished name as the server writes it. A DN that is not UTF-8, which RFC 4514 does not
    /// allow, has replacement characters in it.
    pub dn: String,
    /// Attribute descriptions, with their options, and values in the order of the server. Values are
    /// bytes: nothing says they are text.
    pub attributes: Vec<(String, Vec<Vec<u8>>)>,
}

impl Entry {
    /// The values of the attribute `name`. Letter case does not count, nor do options such as `;binary`,
    /// but an attribute without options comes first (RFC 4512, section 2.5). No values: no attribute.
    pub fn values(&self, name: &str) -> &[Vec<u8>] {
        let mut with_options = None;
        for (found, values) in &self.attributes {
            let (kind, options) = match found.split_once(';') {
                Some((kind, _)) => (kind, true),
                None => (found.as_str(), false),
            };
            if !kind.eq_ignore_ascii_case(name) {
                continue;
            }
            if !options {
                return values;
            }
            with_options = with_options.or(Some(values.as_slice()));
        }
        with_options.unwrap_or_default()
    }

    /// Takes an entry out of a parsed answer without copying a value; `None` when the answer is not of
    /// the form RFC 4511, section 4.5.2 asks for.
    pub(super) fn from_answer(answer: StructureTag) -> Option<Self> {
        let [dn, attributes] = <[StructureTag; 2]>::try_from(constructed(answer)?).ok()?;
        let attributes = constructed(attributes)?.into_iter().map(attribute).collect::<Option<_>>()?;
        Some(Self { dn: text(primitive(dn)?), attributes })
    }
}

fn attribute(tag: StructureTag) -> Option<(String, Vec<Vec<u8>>)> {
    let [name, values] = <[StructureTag; 2]>::try_from(constructed(tag)?).ok()?;
    let values = constructed(values)?.into_iter().map(primitive).collect::<Option<_>>()?;
    Some((text(primitive(name)?), values))
}

/// The addresses of a search result reference (RFC 4511, section 4.5.3).
pub(super) fn references(answer: StructureTag) -> Vec<String> {
    constructed(answer).unwrap_or_default().into_iter().filter_map(primitive).map(text).collect()
}

fn constructed(tag: StructureTag) -> Option<Vec<StructureTag>> {
    match tag.payload {
        PL::C(parts) => Some(parts),
        PL::P(_) => None,
    }
}

pub(super) fn primitive(tag: StructureTag) -> Option<Vec<u8>> {
    match tag.payload {
        PL::P(bytes) => Some(bytes),
        PL::C(_) => None,
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_attributes() {
        let values = |text: &str| vec![text.as_bytes().to_vec()];
        let entry = Entry {
            dn: "uid=joe".into(),
            attributes: vec![
                ("sn;lang-de".into(), values("b")),
                ("SN".into(), values("a")),
                ("userCertificate;binary".into(), values("c")),
                ("userCertificate;x".into(), values("d")),
            ],
        };
        assert_eq!(entry.values("sn"), values("a"));
        assert_eq!(entry.values("USERcertificate"), values("c"));
        assert!(entry.values("s").is_empty() && entry.values("snx").is_empty());
    }
}
