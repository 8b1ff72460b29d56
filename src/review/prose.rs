//! Whether a change of prose is editorial: words corrected, and nothing touched that could change what is meant.
//!
//! In doubt it is not. Word lists are of English; a text in another language has few of these words, so whoever approves
//! translations should have a rule for class `editorial` that asks for somebody who reads it.

use std::collections::BTreeSet;

/// Words whose change can change what is meant: numbers, times, negation, comparison, modal verbs, units.
const MEANINGFUL: &str = "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred \
thousand half quarter third double twice once first second last next few several many all both each every any some most none no not \
never nor neither without cannot unless except only nothing nobody nowhere hardly barely rarely seldom sometimes often usually always \
today tonight tomorrow yesterday now soon immediately straight away later early late before after until since during while when then \
minute minutes hour hours day days night nights week weeks weekend month months year years morning afternoon evening daily weekly \
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november \
december more less least fewer better worse best worst higher lower greater over under above below between within at least than as \
same different too enough must should shall can could will would might may need needs ought have has had do does did if or and but \
mg ml g kg mcg units unit tablet tablets dose doses drink drinks percent pence pounds free call text phone ring dial email chat visit";

/// How much longer than what it replaces a correction may be, in words.
const LONGER: usize = 2;

/// Two texts with more words than this are not compared.
const MOST: usize = 4000;

/// Whether only words were corrected.
pub(super) fn is_editorial(old: &str, new: &str) -> bool {
    let (old_blocks, new_blocks) = (blocks(old), blocks(new));
    old_blocks.len() == new_blocks.len() && old_blocks.iter().zip(&new_blocks).all(|(old, new)| old == new || is_corrected(old, new))
}

/// Paragraphs, list entries, headings and the like, each on its own, white space evened out.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let begins = ["#", ">", "|", "- ", "* ", "+ ", "```", "["].iter().any(|mark| words.starts_with(mark))
            || words.starts_with(|c: char| c.is_ascii_digit());
        if words.is_empty() {
            is_open = false;
        } else if is_open && !begins {
            blocks.last_mut().into_iter().for_each(|block| *block = format!("{block} {words}"));
        } else {
            blocks.push(words);
            is_open = true;
        }
    }
    blocks
}

fn is_corrected(old: &str, new: &str) -> bool {
    // Headings have anchors, quotes may be care cards, tables and code have a form.
    if [old, new].iter().any(|block| block.starts_with(['#', '>', '|', '`'])) {
        return false;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let Some(hunks) = hunks(&old, &new) else { return false };
    let gone: BTreeSet<String> = hunks.iter().flat_map(|(gone, _)| gone.iter().map(|w| bare(w))).collect();
    hunks.iter().all(|(gone_here, come)| {
        gone_here.is_empty() == come.is_empty()
            && come.len() <= gone_here.len() + LONGER
            && gone_here.len() <= come.len() + LONGER
            && gone_here.iter().chain(come).all(|word| is_harmless(word))
            // A word that went from one place to another changed the order.
            && come.iter().all(|w| !gone.contains(&bare(w)) || gone_here.iter().any(|g| bare(g) == bare(w)))
    })
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('\u{2019}', "'")
}

/// No number, no name, no mark-up, no address, none of the meaningful words.
fn is_harmless(word: &str) -> bool {
    let core = word.trim_end_matches(['.', ',', ';', ':', '!', '?']).trim_start_matches(['\u{201c}', '\u{2018}', '"']);
    let is_plain = core.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '\u{2019}'));
    let bare = bare(word);
    is_plain && !core.is_empty() && !bare.ends_with("n't") && !MEANINGFUL.split_whitespace().any(|m| m == bare)
}

/// What was taken out and put in, place by place; nothing where the texts are too long to compare.
fn hunks<'t>(old: &[&'t str], new: &[&'t str]) -> Option<Vec<(Vec<&'t str>, Vec<&'t str>)>> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    if old.len().max(new.len()) > MOST || old.len() * new.len() > MOST * 100 {
        return None;
    }
    // Longest common subsequence.
    let width = new.len() + 1;
    let mut table = vec![0_u32; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            table[i * width + j] =
                if a == b { table[(i + 1) * width + j + 1] + 1 } else { table[(i + 1) * width + j].max(table[i * width + j + 1]) };
        }
    }
    let (mut i, mut j, mut hunks, mut hunk) = (0, 0, Vec::new(), (Vec::new(), Vec::new()));
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            if hunk != (Vec::new(), Vec::new()) {
                hunks.push(std::mem::take(&mut hunk));
            }
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && table[(i + 1) * width + j] >= table[i * width + j + 1]) {
            hunk.0.push(old[i]);
            i += 1;
        } else {
            hunk.1.push(new[j]);
            j += 1;
        }
    }
    if hunk != (Vec::new(), Vec::new()) {
        hunks.push(hunk);
    }
    Some(hunks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_editorial() {
        assert!(is_editorial("Sleep is importent for everyone.", "Sleep is important for everyone."));
        assert!(is_editorial("Sleep can\nhelp you rest.\n\nText.", "Sleep can help you\nrest.\n\nText."));
        assert!(is_editorial("It helps to talk to a freind.", "It helps to talk to a close friend."));
    }

    #[test]
    fn in_doubt_it_is_more() {
        for (old, new) in [
            ("Wait 2 weeks.", "Wait 3 weeks."),
            ("Wait two weeks.", "Wait three weeks."),
            ("You should call.", "You could call."),
            ("This is safe.", "This is not safe."),
            ("Take it daily.", "Take it weekly."),
            ("Talk to Samaritans.", "Talk to Childline."),
            ("Go to [help](topic/a).", "Go to [help](topic/b)."),
            ("Rest and sleep well.", "Rest."),
            ("Rest.", "Rest and eat bread with butter and jam."),
            ("First bread, then butter.", "First butter, then bread."),
            ("One.\n\nTwo.", "Two.\n\nOne."),
            ("> [!URGENT] Get halp", "> [!URGENT] Get help"),
            ("## Slepe", "## Sleep"),
            ("Mail a@example.org", "Mail b@example.org"),
            ("- bread\n- butter", "- bread"),
            ("You don't need it.", "You do need it."),
        ] {
            assert!(!is_editorial(old, new), "{old} -> {new}");
        }
    }
}
