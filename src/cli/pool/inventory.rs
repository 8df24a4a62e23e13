//! Which guests and storages exist, where the directory is that of a node and tells.

use crate::cli::context::Context;
use crate::error::Result;
use crate::format::section::{self, Block, Content, Section};
use crate::model::id::VmId;
use crate::store::Store;
use std::collections::BTreeMap;

/// The file that names the storages.
const STORAGE_CFG: &str = "storage.cfg";

/// The storage every node has.
const LOCAL: &str = "local";

/// The kinds of guest: the folder of their configurations, and what they are called.
const GUEST_FOLDERS: [(&str, &str); 2] = [("qemu-server", "qemu"), ("lxc", "lxc")];

/// A guest that exists.
pub struct Guest {
    /// The node it is on.
    pub node: String,
    /// `qemu` or `lxc`.
    pub kind: &'static str,
}

/// A storage that is defined.
pub struct Storage {
    /// What sort of storage it is: `dir`, `nfs`.
    pub kind: String,
    /// Its settings.
    pub settings: BTreeMap<String, String>,
}

/// The guests and storages of a cluster.
pub struct Inventory {
    guests: BTreeMap<VmId, Guest>,
    storages: BTreeMap<String, Storage>,
    nodes: Vec<String>,
}

impl Inventory {
    /// Reads what the directory tells: nothing, where it is not that of a node.
    ///
    /// # Errors
    /// [`crate::error::Error::Io`].
    pub fn read(context: &Context) -> Result<Self> {
        let mut nodes = context.store.list("nodes", true)?;
        let mut guests = BTreeMap::new();
        for node in &nodes {
            for (folder, kind) in GUEST_FOLDERS {
                for file in context.store.list(&format!("nodes/{node}/{folder}"), false)? {
                    if let Some(id) = file.strip_suffix(".conf").and_then(VmId::lenient) {
                        guests.insert(id, Guest { node: node.clone(), kind });
                    }
                }
            }
        }
        if nodes.is_empty() {
            let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
            nodes.extend(host.split('.').next().map(str::to_owned));
        }
        let files = context.load(&[STORAGE_CFG])?;
        let text = files.get(STORAGE_CFG).map(|text| text.as_slice()).unwrap_or_default();
        Ok(Self { guests, storages: storages(text), nodes })
    }

    /// The guest of this number.
    pub fn guest(&self, id: VmId) -> Option<&Guest> {
        self.guests.get(&id)
    }

    /// The storage of this name.
    pub fn storage(&self, name: &str) -> Option<&Storage> {
        self.storages.get(name)
    }

    /// The nodes of the cluster, sorted; this host where the directory names none.
    pub fn nodes(&self) -> &[String] {
        &self.nodes
    }
}

/// The storages of a `storage.cfg`, and the one that is there without being told of.
fn storages(text: &[u8]) -> BTreeMap<String, Storage> {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let sections = section::parse(text).into_iter().filter_map(|block| match block {
        Block::Section(section) => Some(section),
        Block::Loose(_) => None,
    });
    let storage = |section: Section<'_>| {
        let settings = section.lines.iter().filter_map(|line| match line.content {
            Content::Option(key, value) => Some((lossy(key), lossy(value.unwrap_or_default()))),
            _ => None,
        });
        (lossy(section.name), Storage { kind: lossy(section.kind), settings: settings.collect() })
    };
    let mut storages: BTreeMap<_, _> = sections.map(storage).collect();
    let local = || Storage { kind: "dir".into(), settings: BTreeMap::new() };
    storages.entry(LOCAL.into()).or_insert_with(local);
    storages
}
