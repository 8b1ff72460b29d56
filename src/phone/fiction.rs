//! Numbers that ring nowhere, for drama and for demonstrations.

use super::Number;

/// Where each range begins, with the country code; each has a thousand numbers. Ofcom's "telephone numbers for use in TV and
/// radio drama programmes".
const FICTIONAL: [&str; 20] = [
    "441134960", // Leeds
    "441144960", // Sheffield
    "441154960", // Nottingham
    "441164960", // Leicester
    "441174960", // Bristol
    "441184960", // Reading
    "441214960", // Birmingham
    "441314960", // Edinburgh
    "441414960", // Glasgow
    "441514960", // Liverpool
    "441614960", // Manchester
    "442079460", // London
    "441914980", // Tyneside, Durham, Sunderland
    "442896496", // Northern Ireland
    "442920180", // Cardiff
    "441632960", // no area
    "447700900", // mobile
    "448081570", // free
    "449098790", // premium rate
    "443069990", // nowhere in particular
];

/// Whether a number is one of those set aside for fiction: nobody ever answers it.
pub fn is_fictional(number: Number) -> bool {
    let digits = number.digits();
    !number.is_short() && digits.len() == 12 && FICTIONAL.iter().any(|range| digits.starts_with(range))
}
