//! The table of screens against one person's way through the journey as written.

use std::path::Path as File;

use proptest::prelude::*;
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::journey::screens::{NoScreens, Reported, Screens, Shows};
use signpost::journey::trace::Given;
use signpost::journey::verify::verify;
use signpost::journey::walk::{At, State, Walk};
use signpost::load::Snapshot;
use signpost::model::Content;

use super::random;

/// The base of random journeys with services, so that help has an order.
fn snapshot(journey: &str) -> Snapshot {
    let outcome = |n: usize, acuity: &str| {
        (
            format!("content/outcomes/o{n}.md"),
            format!("---\ntitle: O{n}\nacuity: {acuity}\nsignposts: [resource/a, resource/b, resource/c]\n---\n"),
        )
    };
    let service =
        |name: &str| (format!("content/resources/{name}.yaml"), format!("title: {name}\ntype: helpline\nprovider: P\nchannels: []\n"));
    let mut texts: Vec<(String, String)> =
        random::BASE.iter().filter(|(path, _)| !path.contains("outcomes")).map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect();
    texts.extend([outcome(0, "l0"), outcome(1, "l1"), outcome(2, "l1b"), outcome(3, "l2")]);
    texts.extend(["a", "b", "c"].map(service));
    texts.push(("content/journeys/j.yaml".to_owned(), journey.to_owned()));
    Snapshot::from_texts(texts.iter().map(|(p, t)| (p.as_str(), t.as_str())))
}

/// The screen after an answer.
fn after(screens: &Screens<'_>, at: usize, walk: &Walk<'_, '_>, given: &Given<'_>) -> usize {
    match (&screens.list[at].shows, given) {
        (Shows::Choice { asked, next }, Given::Choice(id)) => {
            let (_, step) = &walk.journey.steps[asked.step];
            let place = match asked.item {
                Some(item) => {
                    let instrument = walk.content.get(step.uses.unwrap().value).unwrap().instrument().unwrap();
                    instrument.answers_of(&instrument.items[item].1).iter().position(|(a, _)| a.value == *id)
                }
                None => step.answers.iter().position(|(a, _)| a.value == *id),
            };
            next[place.unwrap()]
        }
        (Shows::Option { asked, .. }, Given::Options(ids)) => {
            let answers = &walk.journey.steps[asked.step].1.answers;
            let mut at = at;
            for expected in 0..answers.len() {
                let Shows::Option { asked: same, option, no, yes } = &screens.list[at].shows else { panic!("an option is not asked") };
                assert_eq!((same, *option), (asked, expected));
                at = if ids.contains(&answers[*option].0.value) { *yes } else { *no };
            }
            at
        }
        (Shows::Number { ranges, .. }, Given::Number(n)) => {
            let fits: Vec<_> = ranges.iter().filter(|r| (r.from..=r.to).contains(n)).collect();
            assert_eq!(fits.len(), 1);
            fits[0].next
        }
        (shows, given) => panic!("{shows:?} {given:?}"),
    }
}

/// Every answer that can be given, or some where there are many.
fn answers<'a>(walk: &Walk<'_, 'a>, state: &State<'a>) -> Vec<Given<'a>> {
    use signpost::journey::walk::Choices;
    match walk.question(state).unwrap().choices {
        Choices::One(choices) => choices.iter().map(|c| Given::Choice(c.id)).collect(),
        Choices::Any(choices, _) => (0..1_u32 << choices.len().min(4))
            .map(|set| Given::Options(choices.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0).map(|(_, c)| c.id).collect()))
            .collect(),
        Choices::Number(min, max, _) => (min..=max.min(min + 30)).map(Given::Number).collect(),
    }
}

/// Walks with the table beside, from answer numbers; both show the same at every step.
fn follow(walk: &Walk<'_, '_>, screens: &Screens<'_>, picks: &[u16]) -> Result<(), TestCaseError> {
    let (mut state, mut at, mut picks, mut asked) = (walk.start(), 0, picks.iter().cycle(), 0);
    loop {
        let ahead = screens.list[at].ahead;
        match (state.at, &screens.list[at].shows) {
            (At::Text(step), Shows::Text { step: shown, next }) => {
                prop_assert_eq!(step, *shown);
                (state, at) = (walk.onward(&state), *next);
            }
            (At::Question(step, item), Shows::Choice { asked: shown, .. } | Shows::Number { asked: shown, .. })
            | (At::Question(step, item), Shows::Option { asked: shown, option: 0, .. }) => {
                prop_assert_eq!((step, item), (shown.step, shown.item));
                let all = answers(walk, &state);
                let given = &all[usize::from(*picks.next().unwrap()) % all.len()];
                at = after(screens, at, walk, given);
                state = walk.answer(&state, given).unwrap();
                asked += 1;
                let left = screens.list[at].ahead;
                let is_question = usize::from(matches!(state.at, At::Question(..)));
                prop_assert!(ahead.0 <= left.0 + is_question && left.1 + is_question <= ahead.1, "{:?} {:?}", ahead, left);
            }
            (At::Ending(id), Shows::Ending(ending)) => {
                prop_assert_eq!((id, ahead), (ending.id.as_str(), (0, 0)));
                prop_assert!(asked <= screens.list[0].ahead.1 + 1);
                if id.starts_with("outcome/") {
                    let mut help: Vec<&str> = walk.content.get(id).unwrap().signposts().iter().map(|s| s.value).collect();
                    help.sort_by_key(|id| ending.first.iter().position(|f| f == id).unwrap_or(usize::MAX));
                    prop_assert_eq!(help, walk.help(&state).iter().map(|i| i.id()).collect::<Vec<_>>());
                    let mut shown: Vec<Reported<'_>> = walk
                        .report(&state)
                        .into_iter()
                        .map(|r| r.band.map_or(Reported::Points(r.score, r.points), |b| Reported::Band(r.score, b)))
                        .collect();
                    shown.sort_by_key(|r| ending.reported.iter().position(|e| e == r));
                    prop_assert_eq!(&shown, &ending.reported);
                }
                return Ok(());
            }
            (at, shows) => return Err(TestCaseError::fail(format!("{at:?} is not {shows:?}"))),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_table_leads_where_walking_leads(yaml in random::journey(), as_band in any::<bool>(), picks in prop::collection::vec(prop::collection::vec(any::<u16>(), 8), 40)) {
        let plain = snapshot(&yaml);
        let content = Content::of(&plain);
        let journey = content.get("journey/j").unwrap().journey().unwrap();
        let proof = verify("j", journey, &content, DEFAULT_LIMIT);
        match Screens::of("j", journey, &content, DEFAULT_LIMIT) {
            // No more screens than proved to be needed.
            Ok(screens) => prop_assert_eq!(screens.count(), proof.screens, "{}", yaml),
            Err(why) => {
                prop_assert_eq!(why, NoScreens::Broken);
                return Ok(());
            }
        }
        // The first questions again, as reasons for an order of help.
        let when: Vec<String> = yaml.lines().filter_map(|l| l.trim().strip_prefix("- when: ")).take(3).map(str::to_owned).collect();
        let mut more = yaml.clone();
        if yaml.contains("use: instrument/mini") {
            more.push_str(if as_band { "report: {mini: band}\n" } else { "report: {mini: number}\n" });
        }
        if !when.is_empty() {
            more.push_str("personalise:\n");
            for (n, when) in when.iter().enumerate() {
                more.push_str(&format!("  - {{when: {when}, first: [resource/{}, resource/{}]}}\n", ["b", "c", "a"][n], ["c", "nobody", "b"][n]));
            }
        }
        let snapshot = snapshot(&more);
        let content = Content::of(&snapshot);
        let journey = content.get("journey/j").unwrap().journey().unwrap();
        let walk = Walk { journey, content: &content };
        let screens = Screens::of("j", journey, &content, DEFAULT_LIMIT).unwrap();
        prop_assert!(screens.count() >= proof.screens);
        for picks in &picks {
            follow(&walk, &screens, picks).map_err(|e| TestCaseError::fail(format!("{e}\n{more}\n{screens:#?}")))?;
        }
    }
}

#[test]
fn our_own_journeys_have_a_hundred_screens_or_two() {
    let snapshot = Snapshot::from_disk(File::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let content = Content::of(&snapshot);
    for (item, journey) in content.journeys() {
        let screens = Screens::of(item.name, journey, &content, DEFAULT_LIMIT).unwrap();
        println!("{}: {} pages, {} screens, ahead {:?}", item.id(), screens.list.len(), screens.count(), screens.list[0].ahead);
        assert!(screens.list.len() < 400, "{}: {}", item.id(), screens.list.len());
        let walk = Walk { journey, content: &content };
        let mut seed = 1_u32;
        for _ in 0..300 {
            let picks: Vec<u16> = (0..20)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 16) as u16
                })
                .collect();
            follow(&walk, &screens, &picks).unwrap();
        }
    }
}

const SMALL: &str = "title: J\nstart: a\nsteps:\n  a: {ask: Q, answers: {x: {label: X}, y: {label: Y, go: outcome/o1}}, go: n}\n  n: {ask: How many?, number: {min: 0, max: 24, unit: hours}, go: d}\n  d: {decide: [{when: {answer: n, at_most: 3}, go: outcome/o0}], otherwise: t}\n  t: {say: Breathe., go: outcome/o3}\n";

fn small(yaml: &str) -> (String, Vec<Shows<'static>>) {
    let snapshot = Box::leak(Box::new(snapshot(yaml)));
    let content = Box::leak(Box::new(Content::of(snapshot)));
    let screens = Screens::of("j", content.get("journey/j").unwrap().journey().unwrap(), content, DEFAULT_LIMIT).unwrap();
    (screens.version, screens.list.into_iter().map(|s| s.shows).collect())
}

#[test]
fn numbers_are_ranges_that_differ_in_what_follows() {
    let (_, list) = small(SMALL);
    let Shows::Number { ranges, .. } = &list[1] else { panic!("{list:?}") };
    let ends: Vec<(i64, i64)> = ranges.iter().map(|r| (r.from, r.to)).collect();
    assert_eq!(ends, [(0, 3), (4, 24)]);
}

#[test]
fn the_version_changes_with_what_a_screen_means_and_with_nothing_else() {
    let (version, _) = small(SMALL);
    assert!(version.len() == 8 && version.bytes().all(|b| b.is_ascii_hexdigit()));
    let changed = |from: &str, to: &str| {
        let yaml = SMALL.replace(from, to);
        assert_ne!(yaml, SMALL);
        small(&yaml).0 != version
    };
    for (from, to) in [
        ("ask: How many?", "ask: How much?"),
        ("label: X", "label: Z"),
        ("unit: hours", "unit: days"),
        ("at_most: 3", "at_most: 4"),
        ("max: 24", "max: 12"),
        ("say: Breathe.", "say: Rest."),
        ("go: outcome/o3", "go: outcome/o2"),
    ] {
        assert!(changed(from, to), "{from} → {to}");
    }
    let personal = "personalise:\n  - {when: {answer: a, is: x}, first: [resource/b]}\n";
    assert!(small(&format!("{SMALL}{personal}")).0 != version);
    for more in [
        "safety:\n  - {id: s, asks_first: a}\n",
        "vignettes:\n  - {name: V, answers: {a: y}, ends: outcome/o1}\n",
        "summary: S\n",
        "# a remark\n",
        // Nobody who comes to an ending with services is told anything else.
        "personalise:\n  - {when: {answer: a, is: x}, first: [resource/elsewhere]}\n",
    ] {
        assert_eq!(small(&format!("{SMALL}{more}")).0, version, "{more}");
    }
    // The decision may be put in other words.
    assert!(!changed(
        "[{when: {answer: n, at_most: 3}, go: outcome/o0}], otherwise: t",
        "[{when: {answer: n, at_least: 4}, go: t}], otherwise: outcome/o0"
    ));
}
