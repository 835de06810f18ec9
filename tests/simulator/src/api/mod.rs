//! RunCloud's API as the panel answers it: who may call, how often, and what each request does to the content.

pub(crate) mod answer;
pub(crate) mod auth;
pub(crate) mod fields;
pub(crate) mod meter;
mod pages;
pub(crate) mod request;
pub(crate) mod routes;
mod shape;
