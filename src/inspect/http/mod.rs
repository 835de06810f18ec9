//! What plain HTTP serves: requests and redirects as Let's Encrypt makes and follows them.

mod follow;
mod request;
mod target;

pub(super) use follow::Follower;
