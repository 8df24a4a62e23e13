//! `tfa generate-key`: a fresh TOTP secret.

use crate::access::rule::Rule;
use crate::cli::command::Verb;
use crate::cli::output::Answer;
use crate::secret::otpauth::Otpauth;

/// The command.
pub static VERB: Verb = Verb {
    name: "generate-key",
    aliases: &[],
    about: "Print a fresh TOTP key of 160 bits in Base32. Nothing is stored.",
    parameters: &[],
    answers: false,
    writes: false,
    asks: Rule::World,
    failure: "",
    run: |_, values| {
        values.check().end(Some(()))?;
        let key = Otpauth::generate(None, String::new())?;
        Ok(Answer::Text(key.secret_as_base32()))
    },
};
