//! Signpost: write, check, prove, review and publish digital mental-health signposting from a git repository.
//!
//! Data flows one way: text is read ([`source`], [`yaml`], [`markdown`], [`load`]), understood ([`model`],
//! [`schema`]), judged ([`check`]), compared ([`diff`]) and published ([`site`]). Only [`load`], the writing half of [`site`] and
//! [`cli`] touch the world; everything between turns values into values and findings.

pub mod audit;
pub mod check;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod embedded;
pub mod fingerprint;
pub mod hours;
pub mod journey;
pub mod live;
pub mod load;
pub mod markdown;
pub mod model;
pub mod pack;
pub mod phone;
pub mod review;
pub mod schema;
pub mod serve;
pub mod site;
pub mod source;
pub mod yaml;
