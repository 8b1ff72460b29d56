//! The one integration binary. `UPDATE_EXPECT=1 cargo test` writes what the fixtures now give.

mod suite {
    mod rules;
}
