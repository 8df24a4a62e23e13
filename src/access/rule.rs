//! What callers need, as data: a [`Rule`] for every operation, in the words of no catalogue.

use crate::catalogue::Duty;

/// What a caller needs. The superuser passes every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing; not even a name.
    World,
    /// To be somebody.
    Somebody,
    /// To be the superuser.
    Superuser,
    /// All of these.
    And(&'static [Rule]),
    /// One of these; a refusal does not tell which.
    Or(&'static [Rule]),
    /// One of these duties at a place.
    Holds(&'static [Duty], Place),
    /// To be the user the request is about.
    Oneself,
    /// To be the token the request is about, or its owner.
    OwnToken,
    /// To act in person, not through an API token.
    InPerson,
    /// The request is not about the superuser, whom only the superuser may change.
    NotSuperuser,
    /// A duty on the realm of the user the request is about.
    OnRealmOfUser(Duty),
    /// A duty on the realm the request names, or its job synchronises.
    OnRealm(Duty),
    /// One of these duties on a group of the user the request is about, or on all groups.
    OnGroupOfUser(&'static [Duty], Groups),
    /// To be allowed to hand out permissions on the path the request names.
    MayGrant,
    /// The same, and to hold what is handed out or taken back.
    ChangesAcl {
        /// Whether roles are taken back.
        delete: bool,
    },
    /// To be allowed to hand out permissions on every guest and storage the request names, and to look after
    /// the pool a guest is taken from.
    PoolMembers,
}

/// Where a duty is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The top of the tree.
    Top,
    /// Everything there is to administer.
    Everything,
    /// All groups.
    Groups,
    /// All realms.
    Realms,
    /// The pool the request names.
    Pool,
}

/// What the `groups` a request names have to do with [`Rule::OnGroupOfUser`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// Nothing.
    Unused,
    /// The user is to be created in them: the caller has to control each of them.
    Create,
    /// The user is to be changed to them: the same, and the user is in one the caller controls.
    Update,
}

const ENTRUSTED: Rule = Rule::OnGroupOfUser(&[Duty::Users], Groups::Unused);

/// Create a user.
pub const CREATE_USER: Rule =
    Rule::And(&[Rule::OnRealmOfUser(Duty::RealmUsers), Rule::OnGroupOfUser(&[Duty::Users], Groups::Create)]);
/// Change a user.
pub const UPDATE_USER: Rule =
    Rule::And(&[Rule::NotSuperuser, Rule::OnGroupOfUser(&[Duty::Users], Groups::Update)]);
/// Delete a user.
pub const DELETE_USER: Rule =
    Rule::And(&[Rule::NotSuperuser, Rule::OnRealmOfUser(Duty::RealmUsers), ENTRUSTED]);
/// See one user.
pub const READ_USER: Rule = Rule::OnGroupOfUser(&[Duty::Users, Duty::Audit], Groups::Unused);
/// See which second factors somebody has.
pub const READ_FACTORS: Rule = Rule::Or(&[Rule::Oneself, READ_USER]);
/// Change them.
pub const CHANGE_FACTORS: Rule =
    Rule::And(&[Rule::InPerson, Rule::NotSuperuser, Rule::Or(&[Rule::Oneself, ENTRUSTED])]);
/// Find out whether an answer is right, which counts as an attempt.
pub const VERIFY_FACTORS: Rule = Rule::And(&[Rule::NotSuperuser, Rule::Or(&[Rule::Oneself, ENTRUSTED])]);
/// Lift the locks of somebody's second factors.
pub const UNLOCK_FACTORS: Rule = Rule::And(&[Rule::NotSuperuser, ENTRUSTED]);
/// See the tokens of a user.
pub const READ_TOKENS: Rule = Rule::Or(&[Rule::Oneself, ENTRUSTED]);
/// Create, change or delete them.
pub const CHANGE_TOKENS: Rule = Rule::And(&[Rule::NotSuperuser, READ_TOKENS]);
/// Change a user's password.
pub const CHANGE_PASSWORD: Rule = Rule::And(&[
    Rule::InPerson,
    Rule::NotSuperuser,
    Rule::Or(&[Rule::Oneself, Rule::And(&[Rule::OnRealmOfUser(Duty::RealmUsers), ENTRUSTED])]),
]);
/// See what somebody may do, and everything else about who may do what.
pub const AUDIT: Rule = Rule::Holds(&[Duty::Audit], Place::Everything);
/// See what a user or one of its tokens may do.
pub const READ_PERMISSIONS: Rule = Rule::Or(&[Rule::Oneself, Rule::OwnToken, AUDIT]);
/// See all there is about a user and its tokens, ACL entries included.
pub const SHOW_USER: Rule = Rule::And(&[AUDIT, READ_USER]);
/// See one group.
pub const READ_GROUP: Rule = Rule::Holds(&[Duty::Audit, Duty::Groups], Place::Groups);
/// See all there is about a group, ACL entries included.
pub const SHOW_GROUP: Rule = Rule::And(&[AUDIT, READ_GROUP]);
/// Create, change or delete a group.
pub const CHANGE_GROUPS: Rule = Rule::Holds(&[Duty::Groups], Place::Groups);
/// Create, change or delete a role.
pub const CHANGE_ROLES: Rule = Rule::Holds(&[Duty::Configuration], Place::Everything);
/// Hand out roles.
pub const GRANT: Rule = Rule::ChangesAcl { delete: false };
/// Take roles back.
pub const REVOKE: Rule = Rule::ChangesAcl { delete: true };
/// See how a realm is set up.
pub const READ_REALM: Rule = Rule::Holds(&[Duty::Realms, Duty::Audit], Place::Realms);
/// Create, change, try out or delete a realm.
pub const CHANGE_REALMS: Rule = Rule::Holds(&[Duty::Realms], Place::Realms);
/// Synchronise a realm, or have it synchronised by a schedule.
pub const SYNCHRONISE: Rule =
    Rule::And(&[Rule::OnRealm(Duty::RealmUsers), Rule::Holds(&[Duty::Users], Place::Groups)]);
/// See the jobs that run by a schedule.
pub const READ_JOBS: Rule = Rule::Holds(&[Duty::Audit], Place::Top);
/// Delete one.
pub const DELETE_JOB: Rule = Rule::Holds(&[Duty::Configuration], Place::Top);
/// See one pool.
pub const READ_POOL: Rule = Rule::Holds(&[Duty::PoolAudit], Place::Pool);
/// See all there is about a pool, ACL entries included.
pub const SHOW_POOL: Rule = Rule::And(&[AUDIT, READ_POOL]);
/// Create or delete a pool.
pub const CHANGE_POOL: Rule = Rule::Holds(&[Duty::Pools], Place::Pool);
/// Change a pool and its members.
pub const CHANGE_POOL_MEMBERS: Rule = Rule::And(&[CHANGE_POOL, Rule::PoolMembers]);
/// Get a ticket with a password; an API token gets none.
pub const SIGN_IN: Rule = Rule::And(&[Rule::InPerson, Rule::World]);
