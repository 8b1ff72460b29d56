//! A postcode district that does not exist, or stands twice in one area.
//!
//! People find the services of their area by the first half of their postcode. A district that is mistyped sends everybody
//! who lives there to the fallback, although their own area has a service. A district may lie in several areas: people are
//! then asked which is theirs.
//!
//! ## Example
//! ```yaml
//! postcodes: [SE5, SQ15]
//! ```
//!
//! ## Instead
//! ```yaml
//! postcodes: [SE5, SE15]
//! ```
//!
//! ## Where it comes from
//! The letters are those of the 124 postcode areas of the United Kingdom, Guernsey, Jersey and the Isle of Man; for the eight areas of
//! London the highest district that people live in is known, too. Other districts cannot be checked offline.

use std::collections::HashMap;

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::Kind;

pub const RULE: Rule = Rule {
    code: "P010",
    name: "postcode-district",
    severity: Severity::Error,
    source: include_str!("p010_postcode_district.rs"),
    check: Check::File(check),
};

/// The letters of all postcode areas.
const AREAS: [&str; 124] = [
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO", "CR", "CT", "CV", "CW",
    "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG",
    "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M",
    "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA",
    "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB",
    "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

/// The highest district of each area of London that people live in.
const HIGHEST: [(&str, u32); 8] = [("E", 20), ("EC", 4), ("N", 22), ("NW", 11), ("SE", 28), ("SW", 20), ("W", 14), ("WC", 2)];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let is_here = file.site.content.site.as_ref().is_some_and(|s| s.country.value == "GB");
    let Some(item) = file.item.filter(|i| i.kind == Kind::Area && i.language.is_none()) else { return };
    let mut seen = HashMap::new();
    for postcode in item.area().into_iter().flat_map(|a| &a.postcodes) {
        let district = postcode.value;
        if let Some(first) = seen.insert(district, postcode.span) {
            let finding = file.finding(postcode.span, format!("`{district}` stands twice in this area"));
            sink.push(finding.label("again").also(&file.file.path, first, "first here").help("take one of the two out"));
            continue;
        }
        let letters = district.trim_end_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(|c: char| c.is_ascii_digit());
        let number =
            district.get(letters.len()..).map(|n| n.trim_end_matches(|c: char| !c.is_ascii_digit())).and_then(|n| n.parse::<u32>().ok());
        // What has not the shape of a district is found out by the schema.
        let Some(number) = number.filter(|_| is_here && matches!(letters.len(), 1 | 2)) else { continue };
        if !AREAS.contains(&letters) {
            let finding = file.finding(postcode.span, format!("no postcode begins with `{letters}`")).label("no such district");
            sink.push(finding.help("compare it with a list of the area's postcodes"));
        } else if let Some((_, highest)) = HIGHEST.iter().find(|(l, highest)| *l == letters && number > *highest) {
            let message = format!("there is no postcode district `{district}`: the highest in {letters} is {letters}{highest}");
            sink.push(
                file.finding(postcode.span, message).label("no such district").help("compare it with a list of the area's postcodes"),
            );
        }
    }
}
