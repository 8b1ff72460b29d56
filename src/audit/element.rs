//! One element of a page, and its attributes, as they stand in the source.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Span;

/// One element.
#[derive(Debug)]
pub struct Element<'a> {
    /// Its name in small letters.
    pub name: Cow<'a, str>,
    /// Its start tag.
    pub tag: Span,
    /// The element that it stands in.
    pub parent: Option<u32>,
    /// Which of the page's attributes are its own.
    pub attributes: Range<u32>,
    /// The elements in it: all those that follow before this one.
    pub end: u32,
    /// Which of the page's pieces of text stand in it, through all levels.
    pub words: Range<u32>,
}

/// One attribute.
#[derive(Debug)]
pub struct Attribute<'a> {
    /// Its name in small letters.
    pub name: Cow<'a, str>,
    /// Its value, with `&amp;` and the like read.
    pub value: Cow<'a, str>,
    /// Where the name stands.
    pub name_span: Span,
    /// Where the value stands, without quotes; the name where there is none.
    pub span: Span,
}

/// A piece of text between two tags.
#[derive(Debug)]
pub struct Words<'a> {
    /// As it is read.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub span: Span,
    /// The element that it stands in.
    pub parent: Option<u32>,
}
