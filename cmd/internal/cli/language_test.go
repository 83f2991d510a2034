package cli

import (
	"regexp"
	"strings"
	"testing"
)

// phrase is something that no text of the project says.
type phrase struct {
	// pattern is a regular expression for lower-case text. A space in it also
	// matches a line break, and words match as a unit.
	pattern string
	instead string // what to write
}

// Nouns that are counted, and months, for the patterns below.
const (
	countedNouns = `accounts|actions|buckets|callers|causes|changes|copies|days|denials|errors|events|files|folders|` +
		`groups|hours|incidents|intervals|keys|lines|minutes|objects|policies|principals|records|regions|requests|` +
		`roles|rows|rules|seconds|statements|users|values|warnings|weeks`
	months = `jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec`
)

// phrases lists what texts do not say: British spellings, numbers that disagree
// with their nouns, second names for things that have one, and word order that a
// reader must decode. Code in backquotes is exempt.
var phrases = []phrase{
	// American spelling.
	{`colour\w*`, "color"},
	{`behaviour\w*`, "behavior"},
	{`favour\w*`, "favor"},
	{`honour\w*`, "honor"},
	{`neighbour\w*`, "neighbor"},
	{`centre[ds]?`, "center"},
	{`licence\w*`, "license"},
	{`defence|offence`, "defense, offense"},
	{`analys(e|es|ed|ing)`, "analyze, unless the noun is meant: analysis"},
	{`(un|mis)?recognis\w+`, "recognize"},
	{`(re)?organis\w+`, "organize"},
	{`(un)?authoris\w+`, "authorize"},
	{`(character|custom|emphas|general|initial|maxim|minim|modern|normal|optim|priorit|real|serial|special|standard|` +
		`summar|synchron|util|visual)is(e|ed|es|er|ing|ation)`, "-ize"},
	{`cancell(ed|ing)|labell(ed|ing)|modell(ed|ing)|travell(ed|ing)`, "one l: canceled"},
	{`catalogues?|dialogues?`, "catalog, dialog"},
	{`artefacts?`, "artifact"},
	{`fulfil|fulfils`, "fulfill"},
	{`grey`, "gray"},
	{`judgement`, "judgment"},
	{`learnt|spelt|burnt`, "learned, spelled, burned"},
	{`whilst|amongst`, "while, among"},
	{`towards`, "toward"},

	// Numbers agree with their nouns, and exact times are exact.
	{`[^\d.,:]1 (` + countedNouns + `)`, "the singular: 1 denial"},
	{`[^\d.,:]0 (` + countedNouns + `)`, "no: no denials"},
	{`(about|around|approximately|roughly) ((` + months + `)[a-z]* \d\d?,? |\d{4}-\d\d-\d\d[ t])?\d\d?:\d\d:\d\d`,
		"an approximate time without seconds: around Oct 26 11:00 UTC"},

	// One name a thing.
	{`refusals?`, "denial"},
	{`(says?|said|saying) 403`, "S3 denies the request, or returns 403"},
	{`refuse[sd]? it`, "denies the request; a Deny statement blocks it"},
	{`(is|are|was|were|been|being|who) (not )?refused`, "was denied"},
	{`(cause|deny|document|documents|policies|policy|rcp|scp|statement)( that)? refuse[sd]?`, "denies the request"},
	{`denie[sd] it`, "blocked by a Deny statement; denies the request"},
	{`for want of`, "because no policy allows it"},
	{`(do|does|did) (its|their) job`, "is intentional"},
	{`a guard that`, "an intentional guardrail"},
	{`(go|goes|going|went|gone) on`, "is ongoing, or continues"},
	{`of late`, "recent, recently, in the recent period"},
	{`quiet since`, "ended"},
	{`ended or nearly so`, "ended or nearly ended"},
	{`changes? of access`, "access change"},
	{`(the|its|their|own|whole|short|long) past`, "the baseline"},
	{`(a|the|its|their|whose|at|near|first|any|each|'s) begin|begin of`, "the start"},
	{`(began|begin|begun|jumped) (or jumped|together)`, "started or spiked together"},
	{`one by the other`, "divided by"},
	{`(make|makes) expect`, "the baseline predicts"},
	{`notices? (of|about|that)`, "notification"},

	// Usual words.
	{`mostly|for the most part`, "usually"},
	{`at weekends`, "on weekends"},
	{`[^\w.:]\d\d? (january|february|march|april|june|july|august|september|october|november|december)`,
		"the month first: October 28"},
	{`most likely`, "probably"},
	{`seldom`, "rarely"},
	{`anew`, "again"},
	{`mend(s|ed|ing)?`, "fix"},
	{`blanks|(a|one|each|every) blank`, "space"},
	{`passed over|passes over (it|them|those|what)`, "skipped"},
	{`nobody's duplicates?`, "never treated as a duplicate"},
	{`in whole|the whole|whole or not|as a whole`, "complete, completely, entire, or as a unit"},
	{`behind (the|its|their|a|an|it) (begin|beginning|denials?|end|first|hash|last|onset|second|start|stream|window)`,
		"after"},
	{`ahead of`, "before"},
	{`(is|are|was|were|be|been) (not )?(told|said)` +
		`( (about|as|by|how|in|of|on|that|to|what|when|where|which|why|with)|[.,;:)])`, "is reported, shown or known"},
	{`(stand|stands|stood|standing) (above|alone|among|apart|behind|below|beside|in|on|there|with)`, "is, or is shown"},
	{`what (stands|stood)`, "what is, or the text"},
	{`whose it is`, "who owns it"},
	{`in all[.,;:)]`, "in total"},
	{`(input|it|line|text|that|this|what|which|["'%]|%s) (is|are|was|were) no ` +
		`(alarm|cloudtrail|condition|day|denial|error|file|folder|incidents?|json|literal|name|number|object|place|` +
		`policy|record|region|string)`, "is not a"},
	{`(tell|tells|told) (apart|from)|tells? of`, "distinguish, report"},
	{`until when|from which on|from when on`, "the end, the start, since"},
	{`hence|thereof|therein|wherein|hereby|shall|needs not`, "plain words: therefore, in it, must, does not need"},
	{`an? (column|file|group|key|line|message|object|policy|record|row|rule|url|worker|writer) an? ` +
		`(bucket|cause|day|file|format|group|interval|line|place|policy|principal|processor|row)`, "one row per group"},
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: it reads sources, and the race detector finds nothing in it")
	}
	for _, c := range corpora(t) {
		t.Run(c.name, func(t *testing.T) {
			for _, f := range c.find() {
				t.Error(f)
			}
		})
	}
}

// find returns what the passages of a corpus should not say, with the place and
// what to write instead.
func (c *corpus) find() (found []string) {
	for _, p := range c.passages {
		for _, paragraph := range strings.Split(p.text, "\n\n") {
			// The pages are wrapped: what matters is the order of the words.
			text := " " + strings.Join(strings.Fields(strings.ToLower(paragraph)), " ") + ". "
			if !anyPhrase.MatchString(text) {
				continue
			}
			for i, re := range phrasePatterns {
				for _, at := range re.FindAllStringIndex(text, -1) {
					from, to := max(at[0]-30, 0), min(at[1]+30, len(text))
					found = append(found, p.where+": …"+text[from:to]+"… write: "+phrases[i].instead)
				}
			}
		}
	}
	return found
}

// phrasePatterns are the patterns of the phrases, and anyPhrase is all of them.
var phrasePatterns, anyPhrase = compilePhrases()

func compilePhrases() (each []*regexp.Regexp, all *regexp.Regexp) {
	var parts []string
	for _, p := range phrases {
		pattern := `(?:` + p.pattern + `)\W`
		if !strings.HasPrefix(p.pattern, "[^") {
			pattern = `\b` + pattern
		}
		each = append(each, regexp.MustCompile(pattern))
		parts = append(parts, pattern)
	}
	return each, regexp.MustCompile(strings.Join(parts, "|"))
}

func TestPhrases(t *testing.T) {
	finds := func(text string) bool { return len((&corpus{passages: []passage{{"", text}}}).find()) > 0 }
	for _, bad := range []string{
		"S3 refused 1 denials.", "1 groups", "0 denials", "Since about Oct 26 11:03:27 UTC",
		"about 11:03:27", "around 2026-10-26 11:03:27", "It goes\non since then.", "Colours say what words say, too.",
		"what goes on", "Unrecognised", "a rule a line", "five in all, of", "first moment behind the window",
		"near the window's begin", "it is not told", "S3 analysed", "the policy that stands\n\tbehind it",
	} {
		if !finds(bad) {
			t.Errorf("nothing is found in %q", bad)
		}
	}
	for _, good := range []string{
		"1 denial, 21 denials, 1,001 groups, 0.1 seconds, 10 denials", "around Oct 26 11:00 UTC", "about 0.2 ms",
		"at Oct 26 11:03:27", "to begin", "the analysis", "one rule per line", "in all accounts", "past the end",
		"behind a proxy", "a statement", "the American colors",
	} {
		if finds(good) {
			t.Errorf("something is found in %q", good)
		}
	}
}
