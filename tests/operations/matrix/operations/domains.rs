//! What changes domains.

use runcloud::{
    api::Redirection,
    http::{Error, Session},
    operations::{add_domain, remove_domain, update_domain},
};
use serde_json::json;

use super::{Operation, TARGET, TARGET_ID, USUAL};
use crate::panel::APP;

const ADD: Operation = Operation {
    name: "add",
    change: "+ new.example",
    decisive: || json!({"method": "POST"}),
    call: |s| {
        let added = add_domain(s, APP, "new.example", false, Redirection::None)?;
        Ok(if added.created { "ok" } else { "found" })
    },
    ..USUAL
};

const REMOVE: Operation = Operation {
    name: "remove",
    change: "- d45.example",
    decisive: || json!({"method": "DELETE"}),
    call: |s| remove(s, None),
    ..USUAL
};

const REMOVE_BY_ID: Operation =
    Operation { name: "remove by id", call: |s| remove(s, Some(TARGET_ID)), ..REMOVE };

pub const ALL: &[Operation] = &[
    ADD,
    Operation { name: "add, v2", key_pair: true, ..ADD },
    Operation { name: "add, duplicates", accepts_duplicates: true, ..ADD },
    REMOVE_BY_ID,
    Operation { name: "remove by id, v2", key_pair: true, ..REMOVE_BY_ID },
    REMOVE,
    Operation {
        name: "update",
        change: "settings of d45.example",
        decisive: || json!({"method": "PATCH"}),
        call: |s| {
            let domain = update_domain(s, APP, TARGET_ID, Some(true), Some(Redirection::NonWww))?;
            Ok(if domain.www && domain.redirection == Redirection::NonWww { "ok" } else { "WRONG" })
        },
        ..USUAL
    },
];

fn remove(session: &Session<'_>, id: Option<u64>) -> Result<&'static str, Error> {
    Ok(if remove_domain(session, APP, TARGET, id)? { "ok" } else { "gone" })
}
