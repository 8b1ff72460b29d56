//! The one integration binary. `UPDATE_EXPECT=1 cargo test` writes what the fixtures now give.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr, reason = "a test may fail loudly")]

mod suite {
    mod audit;
    mod bad;
    mod bodies;
    mod browser;
    mod builds;
    mod changes;
    mod commands;
    mod defects;
    mod dependencies;
    mod docs;
    mod finding;
    mod fuzz;
    mod html;
    mod journeys;
    mod outputs;
    mod own;
    mod published;
    mod review;
    mod rules;
    mod saves;
    mod schemas;
    mod serve;
    mod site;
    mod tidy;
    mod translated;
    mod wording;
}
