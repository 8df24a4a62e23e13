//! One synchronisation, from the realm's name to what came of it.

use super::progress::Bar;
use super::report::Report;
use crate::cli::context::Context;
use crate::cli::dry_run::access;
use crate::cli::face::Face;
use crate::cli::moment::now;
use crate::error::{Error, Noun, Result};
use crate::format::{USER_CFG, domains_cfg};
use crate::model::id::RealmId;
use crate::model::realm::Realm;
use crate::model::sync::Wishes;
use crate::realm::ldap::{Session, Settings};
use crate::realm::sync::{Fetched, Options, fetch};
use crate::store::Files;
use crate::store::synchronise::Synchronised;
use std::sync::Arc;

/// How often a server is asked again because somebody else changed users or groups of the realm meanwhile.
const ATTEMPTS: usize = 5;

/// What is asked of which realm.
pub(super) struct Order {
    /// The realm as it is configured.
    pub(super) realm: Realm,
    /// What is to be done.
    pub(super) options: Options,
    /// `user.cfg` before the server was asked.
    before: Arc<Vec<u8>>,
}

/// Synchronises a realm as `wishes` say, where these say nothing as the realm says, else as
/// `usher.toml` says: asks the server, then changes the directory in one commit. In a dry run nothing
/// is changed and the report tells who would gain and lose access.
///
/// # Errors
/// [`Error::Unknown`] for a realm that does not exist, [`Error::Parameters`] when nobody says what to synchronise;
/// [`Error::Server`] when the server cannot be asked or does not answer in full; [`Error::Excessive`]
/// when more would be removed than is allowed; those of the store, and when somebody else is always faster. Then nothing
/// was changed.
pub fn synchronise(context: &mut Context, id: &RealmId, wishes: Wishes) -> Result<Report> {
    let order = order(context, id, wishes)?;
    carry_out(context, order, &mut |_| Ok(()))
}

/// Asks the server, has `heard` know the answer, and changes the directory. Where somebody else changed
/// users or groups of the realm meanwhile, such as another synchronisation, the answer may be the older
/// one: the server is asked again.
///
/// # Errors
/// Those of asking and of the store; [`Error::Refused`] when somebody else is always faster.
pub(super) fn carry_out(
    context: &mut Context,
    mut order: Order,
    heard: &mut dyn FnMut(&Fetched) -> Result<()>,
) -> Result<Report> {
    for _ in 0..ATTEMPTS {
        let fetched = ask(context, &order)?;
        heard(&fetched)?;
        if let Some(report) = change(context, &order, fetched)? {
            return Ok(report);
        }
        order.before = user_cfg(&context.load(&[USER_CFG])?);
    }
    let id = order.realm.id();
    let message = format!("users or groups of realm '{id}' changed each time its server was asked");
    Err(Error::refused(message).with_hint("nothing was changed; try again when nobody else synchronises it"))
}

fn user_cfg(files: &Files) -> Arc<Vec<u8>> {
    files.get(USER_CFG).map(Arc::clone).unwrap_or_default()
}

/// Looks up the realm and settles what is to be done.
pub(super) fn order(context: &Context, id: &RealmId, wishes: Wishes) -> Result<Order> {
    let files = context.load(&[domains_cfg::FILE, USER_CFG])?;
    let realms = context.realms_in(&files);
    let Some(realm) = realms.get(id.as_str()) else {
        return Err(match context.face {
            Face::Original => Error::parameter("realm", "Realm does not exist."),
            Face::Own => Error::unknown(Noun::Realm, id),
        });
    };
    let mut wishes = wishes;
    if context.face == Face::Original {
        // What the original leaves behind and scripts may look for.
        let keep = crate::model::sync::Keep { memberships: true, second_factors: true, token_secrets: false };
        wishes.keep = wishes.keep.or(Some(keep));
    }
    let settings = context.settings.server(id.as_str()).wishes;
    let mut options = Options::settle(&realms, realm, wishes, settings)?;
    options.accept_separators = context.face == Face::Original;
    options.keep_left_over = context.face == Face::Original;
    Ok(Order { realm: realm.clone(), options, before: user_cfg(&files) })
}

/// Asks the server.
fn ask(context: &Context, order: &Order) -> Result<Fetched> {
    let password = match order.realm.get("bind_dn") {
        Some(_) => context.bind_password(order.realm.id())?,
        None => None,
    };
    let settings = context.with_time_outs(Settings::of(&order.realm, password)?);
    let bar = Bar::new(context.face, order.realm.id());
    let mut session = Session::open(&settings)?;
    fetch(&mut session, &order.realm, &order.options, &mut |progress| bar.show(progress))
}

/// Changes the directory; the answer is let go before files are written, as it may be large. `None`: users
/// or groups of the realm are no longer those from before the question, and nothing was done.
fn change(context: &mut Context, order: &Order, fetched: Fetched) -> Result<Option<Report>> {
    let (catalogue, dry_run) = (context.catalogue.clone(), context.dry_run);
    let face = context.face;
    context.change(|draft| {
        if !draft.realm_is_as_before(&order.before, order.realm.id())? {
            return Ok(None);
        }
        let before = (dry_run && face == Face::Own).then(|| draft.look_at_directory()).transpose()?;
        let Synchronised { plan, applied } = draft.synchronise(&order.realm, &fetched, &order.options)?;
        let mut report = match face {
            Face::Own => Report::of(order, &plan, &applied, &fetched),
            Face::Original => Report::in_words(order, &plan, &fetched),
        };
        if let Some(before) = before {
            let after = draft.look_at_directory()?;
            report.access = access::rows(&before, &after, &catalogue, now());
        }
        drop(fetched);
        Ok(Some(report))
    })
}
