package page

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is a line of our own words, in which texts from elsewhere are shown as code.
// It is its own type, so that Go accepts constants as Text but nothing else without
// a conversion. Only what is known to be harmless is converted, such as a number or
// a date. Everything else is passed through [Code], which is safe for any string:
//
//	"No policy lets " + page.Code(name) + " in."
//
// Marks in the text tell a writer how to show its parts. They are characters that
// Unicode reserves for use within a program, and Code never lets them in.
// https://www.unicode.org/faq/private_use.html#noncharacters
type Text string

const (
	markCode Text = "\ufdd0"
	endCode  Text = "\ufdd1"
	markBold Text = "\ufdd2"
	endBold  Text = "\ufdd3"
	markTone Text = "\ufdd8" // and those after it, one per tone
	endTone  Text = "\ufdd4"
	markWeb  Text = "\ufdd7" // a link to the web, whose address ends at markTo and which ends at endLink
	markRun  Text = "\ufdd5" // code that is a command
	markTag  Text = "\ufdd6" // code that is a tag

	// An anchor or the target of a link ends at markTo.
	markLink   Text = "\ufddc"
	endLink    Text = "\ufddd"
	markAnchor Text = "\ufdde"
	markTo     Text = "\ufddf"

	markLength = len(markCode)
)

// Tone is the meaning of a color, where there is color. Words always say it too.
type Tone int

const (
	Plain   Tone = iota
	Alarm        // act now
	Warning      // look at this: it started, or something is missing
	Faint        // over, or of little importance
)

const (
	// maxText is how many characters of a text from elsewhere a page shows: the length
	// of the longest key in S3.
	maxText = 1024
	// maxName is how many characters of a name a page shows. Names of roles, users and
	// buckets are never longer, unless they are forged.
	maxName = 100
)

// None is shown where there is nothing to name.
const None Text = "–"

// Code returns a text from elsewhere, which may contain anything. It is on one line,
// each invisible character is an escape, and a very long text is cut in its middle.
// [None] is returned for an empty one.
func Code(s string) Text { return CodeUpTo(s, maxText) }

// Name is [Code] for a name, which is cut earlier.
func Name(s string) Text { return CodeUpTo(s, maxName) }

// CodeUpTo is [Code] with at most limit characters.
func CodeUpTo(s string, limit int) Text {
	if s == "" {
		return None
	}
	return markCode + Text(Shorten(Visible(s), limit)) + endCode
}

// Bold returns the text in bold.
func Bold(t Text) Text { return markBold + t + endBold }

// Toned returns the text in a tone.
func Toned(tone Tone, t Text) Text {
	if tone == Plain {
		return t
	}
	mark, _ := utf8.DecodeRuneInString(string(markTone))
	return Text(mark+rune(tone)) + t + endTone
}

// Sentence returns a sentence that may contain text from elsewhere. It is unchanged if
// it reads as nothing but a sentence, and code otherwise.
func Sentence(s string) Text {
	if s == "" || len(s) > maxText || strings.TrimSpace(s) != s || strings.Contains(s, "www.") || !isPlain([]rune(s)) {
		return Code(s)
	}
	return Text(s)
}

// Command returns a command of ours, to be copied into a shell. It can be copied even
// where it is broken into lines.
func Command(s string) Text { return markRun + Text(Visible(s)) + endCode }

// Tag returns the name that programs use for the thing that was just named.
func Tag(s string) Text { return markTag + Text(Shorten(Visible(s), maxName)) + endCode }

// Quoted returns a text of ours that has names and commands between backquotes. One
// that contains spaces is a command, or else the condition of a statement.
func Quoted(s string) Text {
	var t Text
	for i, part := range strings.Split(s, "`") {
		switch {
		case i%2 == 0:
			t += Text(part)
		case strings.HasPrefix(part, "if "), strings.HasPrefix(part, "unless "):
			t += CodeUpTo(part, len(part))
		case strings.Contains(part, " "):
			t += Command(part)
		default:
			t += Code(part)
		}
	}
	return t
}

// Join puts sep between texts.
func Join(list []Text, sep Text) Text {
	var t Text
	for i, one := range list {
		if i > 0 {
			t += sep
		}
		t += one
	}
	return t
}

// A span is a part of a text that looks the same throughout.
type span struct {
	text    string
	code    bool
	command bool // is code, too
	tag     bool // is code, too
	bold    bool
	tone    Tone
	link    string // the anchor that the span leads to, or ""
	web     string // the address in the web that it leads to, or ""
	anchor  string // the id of an anchor; such a span has no text
}

// spans yields the parts of a text, which are not empty, and its anchors.
func (t Text) spans() iter.Seq[span] {
	return func(yield func(span) bool) {
		var now span
		for s := string(t); s != ""; {
			i := strings.IndexFunc(s, isMark)
			if i != 0 {
				if i < 0 {
					i = len(s)
				}
				now.text = s[:i]
				if !yield(now) {
					return
				}
				s = s[i:]
				continue
			}
			switch mark := Text(s[:markLength]); mark {
			case markCode, markRun, markTag, endCode:
				now.code, now.command, now.tag = mark != endCode, mark == markRun, mark == markTag
			case markBold, endBold:
				now.bold = mark == markBold
			case endTone:
				now.tone = Plain
			case markLink, markAnchor, markWeb:
				target, rest, _ := strings.Cut(s[markLength:], string(markTo))
				if mark == markLink {
					now.link = target
				} else if mark == markWeb {
					now.web = target
				} else if !yield(span{anchor: target}) {
					return
				}
				s = rest
				continue
			case endLink:
				now.link, now.web = "", ""
			default:
				now.tone = Tone(s[markLength-1] - markTone[markLength-1])
			}
			s = s[markLength:]
		}
	}
}

func isMark(c rune) bool { return '\ufdd0' <= c && c <= '\ufddf' }

// isPlain says whether no character of a text has a meaning in Markdown at its place.
func isPlain(s []rune) bool {
	isWord := func(i int) bool {
		return i >= 0 && i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsDigit(s[i])) && !IsHostile(s[i])
	}
	for i, c := range s {
		switch {
		case isWord(i) || strings.ContainsRune(" ,;.?%()/'-–+=", c):
		case c == '_' && isWord(i-1) && isWord(i+1):
		case c == ':' && i+1 < len(s) && s[i+1] == ' ':
		default:
			return false
		}
	}
	return true
}
