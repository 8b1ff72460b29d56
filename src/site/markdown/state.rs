//! Where in a document the writer is: what is open, and what has been written.

use std::collections::HashSet;

use pulldown_cmark::{Tag, TagEnd};

use super::writer::Section;
use crate::markdown::Marker;
use crate::site::context::Block;

/// What is being filled: blocks, and the HTML since the last of them.
#[derive(Default)]
pub(super) struct Flow {
    pub html: String,
    blocks: Vec<Block>,
}

/// A card that has begun.
pub(super) struct Open {
    pub marker: Marker,
    pub heading: String,
    pub level: u8,
    pub level_before: u8,
    /// What stood around it.
    pub outer: Flow,
}

/// Where in a document the writer is.
#[derive(Default)]
pub(super) struct State {
    pub flow: Flow,
    pub cards: Vec<Open>,
    /// Whether headings of level two begin sections.
    pub is_cut: bool,
    /// Ids given in this document that no heading has used yet.
    pub given: HashSet<String>,
    pub in_heading: bool,
    pub heading_level: u8,
    pub in_code: bool,
    /// For each open link, whether its tag was written.
    pub links: Vec<bool>,
    /// For each open quote, whether it is a card.
    quotes: Vec<bool>,
    /// Open lists, plain quotes, tables and footnotes.
    depth: usize,
    is_table_head: bool,
    note: Option<(String, Flow)>,
    sections: Vec<Section>,
    intro: Option<Vec<Block>>,
}

impl Flow {
    /// Adds a block after what is written.
    pub fn push(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// Adds blocks after what is written.
    pub fn extend(&mut self, blocks: Vec<Block>) {
        self.flush();
        self.blocks.extend(blocks);
    }

    fn flush(&mut self) {
        self.html.truncate(self.html.trim_end().len());
        let html = std::mem::take(&mut self.html);
        if !html.is_empty() {
            self.blocks.push(Block::Html { html });
        }
    }

    fn end(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}

impl State {
    /// The start of a document; `is_cut` makes its headings of level two begin sections.
    pub fn new(is_cut: bool) -> Self {
        Self { is_cut, ..Self::default() }
    }

    /// Whether a component can stand here: within lists, plain quotes and footnotes only text can.
    pub fn may_embed(&self) -> bool {
        self.depth == 0
    }

    /// Begins a section.
    pub fn begin(&mut self, section: Section) {
        self.finish_section();
        self.sections.push(section);
    }

    /// What was written: what stands before the first section, and the sections.
    pub fn end(mut self) -> (Vec<Block>, Vec<Section>) {
        self.finish_section();
        (self.intro.unwrap_or_default(), self.sections)
    }

    fn finish_section(&mut self) {
        let blocks = std::mem::take(&mut self.flow).end();
        match self.sections.last_mut() {
            Some(section) => section.blocks = blocks,
            None => self.intro = Some(blocks),
        }
    }

    /// Begins a card.
    pub fn open_card(&mut self, mut open: Open) {
        open.outer = std::mem::take(&mut self.flow);
        self.cards.push(open);
        self.quotes.push(true);
    }

    /// Begins a plain quote.
    pub fn open_quote(&mut self) {
        self.quotes.push(false);
        self.depth += 1;
        self.flow.html.push_str("<blockquote>\n");
    }

    /// Ends a quote; gives the level of headings before it, where it was a card.
    pub fn close_quote(&mut self) -> Option<u8> {
        if !self.quotes.pop().unwrap_or(false) {
            self.depth = self.depth.saturating_sub(1);
            self.flow.html.push_str("</blockquote>\n");
            return None;
        }
        let Open { marker, heading, level, level_before, outer } = self.cards.pop()?;
        let blocks = std::mem::replace(&mut self.flow, outer).end();
        self.flow.push(match marker {
            Marker::Emergency => Block::CareCard { care: "emergency", heading, level, blocks },
            Marker::Urgent => Block::CareCard { care: "urgent", heading, level, blocks },
            Marker::NonUrgent => Block::CareCard { care: "non-urgent", heading, level, blocks },
            Marker::Callout => Block::Callout { heading, level, blocks },
            Marker::Inset => Block::Inset { heading: Some(heading).filter(|h| !h.is_empty()), level, blocks },
        });
        Some(level_before)
    }

    /// Begins the text of a footnote.
    pub fn open_note(&mut self, key: String) {
        self.depth += 1;
        self.note = Some((key, std::mem::take(&mut self.flow)));
    }

    /// Ends the text of a footnote.
    pub fn close_note(&mut self) -> Option<(String, String)> {
        self.depth = self.depth.saturating_sub(1);
        let (key, outer) = self.note.take()?;
        Some((key, std::mem::replace(&mut self.flow, outer).html))
    }

    /// Begins an element that needs no more than its tag.
    pub fn open_tag(&mut self, tag: &Tag<'_>) {
        if matches!(tag, Tag::List(_) | Tag::Table(_)) {
            self.depth += 1;
        }
        let html = &mut self.flow.html;
        match tag {
            Tag::List(Some(1)) => html.push_str("<ol>\n"),
            Tag::List(Some(start)) => html.push_str(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => html.push_str("<ul>\n"),
            Tag::Item => html.push_str("<li>"),
            Tag::Emphasis => html.push_str("<em>"),
            Tag::Strong => html.push_str("<strong>"),
            Tag::Table(_) => html.push_str("<table>\n"),
            Tag::TableHead => {
                self.is_table_head = true;
                html.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => html.push_str("<tr>"),
            Tag::TableCell if self.is_table_head => html.push_str("<th scope=\"col\">"),
            Tag::TableCell => html.push_str("<td>"),
            Tag::CodeBlock(_) => {
                self.in_code = true;
                html.push_str("<pre><code>");
            }
            _ => {}
        }
    }

    /// Ends an element that needs no more than its tag.
    pub fn close_tag(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::List(_) | TagEnd::Table) {
            self.depth = self.depth.saturating_sub(1);
        }
        let html = &mut self.flow.html;
        match tag {
            TagEnd::Paragraph => html.push_str("</p>\n"),
            TagEnd::Heading(_) => {
                self.in_heading = false;
                html.push_str(&format!("</h{}>\n", self.heading_level));
            }
            TagEnd::List(true) => html.push_str("</ol>\n"),
            TagEnd::List(false) => html.push_str("</ul>\n"),
            TagEnd::Item => html.push_str("</li>\n"),
            TagEnd::Emphasis => html.push_str("</em>"),
            TagEnd::Strong => html.push_str("</strong>"),
            TagEnd::Link => html.push_str(if self.links.pop() == Some(true) { "</a>" } else { "" }),
            TagEnd::Table => html.push_str("</tbody>\n</table>\n"),
            TagEnd::TableHead => {
                self.is_table_head = false;
                html.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => html.push_str("</tr>\n"),
            TagEnd::TableCell => html.push_str(if self.is_table_head { "</th>" } else { "</td>" }),
            TagEnd::CodeBlock => {
                self.in_code = false;
                html.push_str("</code></pre>\n");
            }
            _ => {}
        }
    }
}
