package policydoc

import (
	"strconv"
	"strings"
)

// How much of a statement is printed.
const (
	shownValues = 3
	shownBytes  = 120 // of a value
)

// String returns the statement in one line, as short as a person can still read it:
//
//	Deny s3:PutObject on arn:aws:s3:::corp-data/* for everyone if StringNotEquals aws:SourceVpce vpce-0a1b
func (s *Statement) String() string {
	parts := []string{string(s.Effect), s.Actions.print("all actions")}
	if s.Resources.Given {
		parts = append(parts, "on", s.Resources.print("all resources"))
	}
	if s.Principals.Given {
		parts = append(parts, "for", s.Principals.String())
	}
	for i := range s.Conditions {
		word := "and"
		if i == 0 {
			word = "if"
		}
		if i == shownValues {
			parts = append(parts, "and", strconv.Itoa(len(s.Conditions)-i), "more conditions")
			break
		}
		parts = append(parts, word, s.Conditions[i].String())
	}
	return strings.Join(parts, " ")
}

// Canonical returns the complete statement without its number, so that two statements
// that say the same with the same Sid and order have the same text.
func (s *Statement) Canonical() string {
	parts := []string{s.Sid, string(s.Effect), strconv.FormatBool(s.variables)}
	list := func(given, not bool, values []string) {
		parts = append(parts, strconv.FormatBool(given), strconv.FormatBool(not), strconv.Itoa(len(values)))
		parts = append(parts, values...)
	}
	list(s.Principals.Given, s.Principals.Not, s.Principals.values())
	list(s.Actions.Given, s.Actions.Not, s.Actions.Values)
	list(s.Resources.Given, s.Resources.Not, s.Resources.Values)
	for i := range s.Conditions {
		c := &s.Conditions[i]
		parts = append(parts, c.Operator, c.Key)
		list(true, false, c.Values)
	}
	return strconv.Itoa(len(parts)) + strings.Join(parts, "\x00")
}

// String returns the names, separated by commas.
func (n Names) String() string { return n.print("all") }

func (n Names) print(all string) string {
	switch {
	case n.Not:
		return all + " except " + Join(n.Values, ", ")
	case len(n.Values) == 1 && n.Values[0] == "*":
		return all
	}
	return Join(n.Values, ", ")
}

// String returns the principals, separated by commas.
func (p Principals) String() string {
	var values []string
	for _, one := range p.Values {
		values = append(values, one.String())
	}
	if p.Not {
		return "everyone except " + Join(values, ", ")
	}
	return Join(values, ", ")
}

// String returns the name of the principal, which says by itself of which type it
// is, except for a canonical user.
func (p Principal) String() string {
	switch {
	case p.Value == "*" && p.Type == "AWS":
		return "everyone"
	case p.Type == "CanonicalUser":
		return "canonical user " + p.Value
	}
	return p.Value
}

// String returns the condition as it was written, without brackets and quotes.
func (c *Condition) String() string {
	return clip(c.Operator, shownBytes) + " " + clip(c.Key, shownBytes) + " " + Join(c.Values, " or ")
}

// Join joins values for people to read: the first few, each cut to a length that
// holds any usual ARN, and how many more there are.
func Join(values []string, separator string) string {
	if len(values) == 0 {
		return "nothing"
	}
	shown := values
	if len(values) > shownValues {
		shown = values[:shownValues]
	}
	var parts []string
	for _, v := range shown {
		if v == "" {
			v = `""`
		}
		parts = append(parts, clip(v, shownBytes))
	}
	text := strings.Join(parts, separator)
	if more := len(values) - len(shown); more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}
