//! Which config directory a command is about.

use crate::error::{Error, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The variable of the environment that names the config directory.
pub const VARIABLE: &str = "USHER_CONFIG_DIR";

/// The config directory of a Proxmox node, which its own tools read and write too.
pub const PROXMOX: &str = "/etc/pve";

/// Everything the choice of the config directory depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The directory given on the command line.
    pub option: Option<PathBuf>,
    /// The value of the variable [`VARIABLE`].
    pub variable: Option<OsString>,
    /// Whether the program goes by the name `pveum`.
    pub called_as_pveum: bool,
    /// Whether this is a Proxmox node, that is, whether `/etc/pve` is there.
    pub etc_pve_exists: bool,
    /// Whether the superuser calls.
    pub is_root: bool,
    /// The value of `XDG_CONFIG_HOME`.
    pub xdg_config_home: Option<OsString>,
    /// The value of `HOME`.
    pub home: Option<OsString>,
}

/// Chooses the config directory: the option, else the variable, else `/etc/pve` for `pveum` on a
/// Proxmox node, else `/etc/usher` for the superuser, else `usher` in the user's own
/// configuration folder. Empty values count as not set, and so do relative ones of `XDG_CONFIG_HOME` and `HOME`.
///
/// # Errors
/// [`Error::Invalid`] when the option is empty, or nothing at all leads to a directory.
pub fn choose(surroundings: &Surroundings) -> Result<PathBuf> {
    if let Some(path) = &surroundings.option {
        if path.as_os_str().is_empty() {
            return Err(Error::invalid("the config directory given with '--config-dir' is an empty text"));
        }
        return Ok(path.clone());
    }
    if let Some(value) = surroundings.variable.as_ref().filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(value));
    }
    if surroundings.called_as_pveum && surroundings.etc_pve_exists {
        return Ok(PathBuf::from(PROXMOX));
    }
    if surroundings.is_root {
        return Ok(PathBuf::from("/etc/usher"));
    }
    if let Some(folder) = absolute(surroundings.xdg_config_home.as_ref()) {
        return Ok(folder.join("usher"));
    }
    if let Some(home) = absolute(surroundings.home.as_ref()) {
        return Ok(home.join(".config/usher"));
    }
    Err(Error::Invalid {
        message: format!("no config directory: neither '{VARIABLE}' nor 'HOME' is set to a path"),
        hint: Some(format!("give '--config-dir DIR' or set {VARIABLE}=DIR")),
    })
}

fn absolute(value: Option<&OsString>) -> Option<&Path> {
    value.map(Path::new).filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        // option, variable, pveum, /etc/pve, root, XDG_CONFIG_HOME, HOME -> directory
        let rows = [
            ("/o", "/v", true, true, true, "/x", "/h", Some("/o")),
            ("rel", "", false, false, false, "", "", Some("rel")),
            ("-", "/v", true, true, true, "/x", "/h", Some("/v")),
            ("-", "rel", false, false, false, "", "", Some("rel")),
            ("-", "", true, true, true, "/x", "/h", Some("/etc/pve")),
            ("-", "", true, true, false, "/x", "/h", Some("/etc/pve")),
            ("-", "", true, false, true, "/x", "/h", Some("/etc/usher")),
            ("-", "", false, true, true, "/x", "/h", Some("/etc/usher")),
            ("-", "", false, true, false, "/x", "/h", Some("/x/usher")),
            ("-", "", true, false, false, "", "/h", Some("/h/.config/usher")),
            ("-", "", false, false, false, "x", "/h", Some("/h/.config/usher")),
            ("-", "", false, false, false, "", "h", None),
            ("-", "", false, false, false, "", "", None),
            ("", "/v", false, false, true, "", "", None),
        ];
        for row in rows {
            let (option, variable, called_as_pveum, etc_pve_exists, is_root, xdg, home, expected) = row;
            let surroundings = Surroundings {
                option: (option != "-").then(|| option.into()),
                variable: Some(variable.into()),
                called_as_pveum,
                etc_pve_exists,
                is_root,
                xdg_config_home: Some(xdg.into()),
                home: Some(home.into()),
            };
            assert_eq!(choose(&surroundings).ok().as_deref(), expected.map(Path::new), "{row:?}");
        }
    }

    #[test]
    fn nothing_set_tells_what_to_set() {
        let error = choose(&Surroundings::default()).unwrap_err();
        assert!(error.hint().is_some_and(|hint| hint.contains("--config-dir") && hint.contains(VARIABLE)));
    }
}
