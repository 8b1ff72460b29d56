#[test]
fn t() {
    use signpost::diag::Texts;
    for (dir, show) in [("/tmp/wcorp/10000", false), ("/tmp/wprose", true)] {
        let s = signpost::load::Snapshot::from_disk(std::path::Path::new(&dir)).unwrap();
        for i in 0..3 {
            let t = std::time::Instant::now();
            let c = signpost::check::Context::new(&s, jiff::civil::date(2026, 12, 1));
            let m = t.elapsed();
            let r = signpost::check::run(&c);
            println!("model {m:?} run {:?}", t.elapsed() - m);
            if i > 0 {
                continue;
            }
            let mut n = std::collections::BTreeMap::new();
            for f in &r.findings {
                *n.entry(f.code).or_insert(0) += 1;
                if show && f.code.starts_with('W') {
                    let text = s.text(&f.place.file).unwrap_or("");
                    let p = signpost::source::Lines::new(text).position(f.place.span.start);
                    println!(
                        "F {} {}:{}:{} {} || {}",
                        f.code,
                        f.place.file,
                        p.line,
                        p.column,
                        f.message,
                        f.place.span.of(text).chars().take(200).collect::<String>().replace('\n', " ")
                    );
                }
            }
            println!("{n:?}");
        }
    }
}
