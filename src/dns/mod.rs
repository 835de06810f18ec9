//! One question to one name server, and what its answer means. Who is asked, and how often, is for those who ask: the HTTP
//! client ([`crate::http`]) asks the system's resolvers, the inspection ([`crate::inspect`]) asks the servers of zones too.

pub(crate) mod exchange;
pub(crate) mod question;
