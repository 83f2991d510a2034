package policydoc

import (
	"strconv"
	"strings"
)

// ConditionWords says in words under which conditions the statement applies, or
// nothing if there are none: "unless aws:SourceVpce is vpce-0a1b", "if
// aws:SecureTransport is false and aws:SourceIp is not in 10.0.0.0/8".
func (s *Statement) ConditionWords() string {
	if len(s.Conditions) == 1 && s.Conditions[0].op.negated && s.Conditions[0].op.plain() {
		return "unless " + s.Conditions[0].words(false)
	}
	var parts []string
	for i := range s.Conditions {
		if i == shownValues {
			parts = append(parts, strconv.Itoa(len(s.Conditions)-i)+" more conditions hold")
			break
		}
		parts = append(parts, s.Conditions[i].Words())
	}
	if len(parts) == 0 {
		return ""
	}
	return "if " + strings.Join(parts, " and ")
}

// Words says in words what the condition asks for: "aws:SourceVpce is vpce-0a1b".
func (c *Condition) Words() string { return c.words(c.op.negated) }

func (c *Condition) words(negated bool) string {
	if !c.op.known() {
		return c.String()
	}
	key := clip(c.Key, shownBytes)
	switch {
	case c.op.forAll:
		key = "every value of " + key
	case c.op.forAny:
		key = "any value of " + key
	}
	if c.op.null {
		return key + c.presence()
	}
	verb := " is "
	if negated {
		verb = " is not "
	}
	text := key + verb + c.op.relation + Join(c.Values, " or ")
	if c.op.ifExists && !negated {
		text += " or is absent"
	}
	return text
}

// presence says what a Null condition asks for.
func (c *Condition) presence() string {
	switch absent, present := c.isNull(true) == Holds, c.isNull(false) == Holds; {
	case absent && !present:
		return " is absent"
	case present && !absent:
		return " is present"
	}
	return " is " + Join(c.Values, " or ") + " for Null"
}
