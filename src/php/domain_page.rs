//! `RunCloud\DomainPage`.

use super::{
    domain::{self, Domain},
    engine::int,
    value_class::{Kind, value_class},
};
use crate::operations;

/// One page of the domains as PHP sees it.
pub struct DomainPage(operations::DomainPage);

value_class!(DomainPage, "RunCloud\\DomainPage",
    "domains": Kind::Objects(&domain::CLASS), false = |p| p.0.domains.iter().cloned().map(Domain::from).collect::<Vec<_>>();
    "page": Kind::Int, false = |p| int(p.0.page);
    "pages": Kind::Int, true = |p| p.0.pages.map(int);
    "total": Kind::Int, true = |p| p.0.total.map(int);
);

impl From<operations::DomainPage> for DomainPage {
    fn from(page: operations::DomainPage) -> Self {
        Self(page)
    }
}
