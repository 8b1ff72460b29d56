//! The links of an item: in its body, and in the Markdown of a journey's information screens.

use super::Item;
use crate::markdown::{self, Link};
use crate::source::Span;
use crate::yaml::NodeRef;

impl Item<'_> {
    /// Every link and picture, with places in the file.
    pub fn links(&self) -> Vec<Link> {
        self.body().map_or_else(|| self.links_in_steps(), |body| body.links)
    }

    /// Those of the information screens alone; none but in a journey.
    pub fn links_in_steps(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for step in self.data.and_then(|d| d.get("steps")).into_iter().flat_map(NodeRef::entries) {
            let Some((node, text)) = step.value.get("say").and_then(|say| Some((say, say.str()?))) else { continue };
            let shift = |span: Span| node.span_within(span.range());
            links.extend(markdown::read(text, Span::new(0, text.len())).links.into_iter().map(|link| Link {
                to_span: shift(link.to_span),
                span: shift(link.span),
                ..link
            }));
        }
        links
    }
}
