//! How somebody comes: with which screen, language and browser.

use words::Locale;

/// The screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 1280 × 900.
    Desk,
    /// 390 × 844, touched.
    Phone,
    /// 320 × 640: the narrowest that pages must bear, also a desk's screen at 400 %.
    Narrow,
}

impl Screen {
    /// Width and height in CSS pixels.
    #[must_use]
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Desk => (1280, 900),
            Self::Phone => (390, 844),
            Self::Narrow => (320, 640),
        }
    }
}

/// The colours asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// As `prefers-color-scheme` says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guise {
    /// Their screen.
    pub screen: Screen,
    /// Their colours.
    pub scheme: Scheme,
    /// Their language.
    pub locale: Locale,
    /// Whether their browser runs scripts.
    pub javascript: bool,
}

impl Guise {
    /// At a desk, in French, in light colours, with JavaScript.
    #[must_use]
    pub const fn desk() -> Self {
        Self { screen: Screen::Desk, scheme: Scheme::Light, locale: Locale::Fr, javascript: true }
    }

    /// The same on a phone.
    #[must_use]
    pub const fn phone() -> Self {
        Self { screen: Screen::Phone, ..Self::desk() }
    }

    /// The same on the narrowest screen.
    #[must_use]
    pub const fn narrow() -> Self {
        Self { screen: Screen::Narrow, ..Self::desk() }
    }

    /// The same in dark colours.
    #[must_use]
    pub const fn dark(self) -> Self {
        Self { scheme: Scheme::Dark, ..self }
    }

    /// The same in English.
    #[must_use]
    pub const fn in_english(self) -> Self {
        Self { locale: Locale::En, ..self }
    }

    /// The same without scripts.
    #[must_use]
    pub const fn without_javascript(self) -> Self {
        Self { javascript: false, ..self }
    }
}
