package policydoc

import "strings"

// holds decides one condition, by the page "Conditions with multiple context keys or
// values" of the IAM User Guide. variables says whether ${…} is a variable.
func (c *Condition) holds(context *Context, variables bool, missing *unseen) Truth {
	if !c.op.known() {
		return missing.add(c.Operator)
	}
	values, seen := context.Lookup(c.Key)
	switch {
	case !seen:
		return missing.add(c.Key)
	case c.op.null:
		return c.isNull(len(values) == 0)
	case len(values) == 0:
		return truthOf(c.op.ifExists || c.op.forAll || c.op.negated && !c.op.forAny)
	case c.op.forAll:
		answer := Holds
		for _, v := range values {
			answer = min(answer, c.decide(v, context, variables, missing))
		}
		return answer
	case c.op.forAny:
		answer := Fails
		for _, v := range values {
			answer = max(answer, c.decide(v, context, variables, missing))
		}
		return answer
	}
	// Without a set operator, a key that has a list of values matches by any of
	// them, and a negated operator by none.
	answer := Fails
	for _, v := range values {
		answer = max(answer, c.matches(v, context, variables, missing))
	}
	if c.op.negated {
		return answer.not()
	}
	return answer
}

// decide says whether one value of the request is as the condition wants it.
func (c *Condition) decide(value string, context *Context, variables bool, missing *unseen) Truth {
	answer := c.matches(value, context, variables, missing)
	if c.op.negated {
		return answer.not()
	}
	return answer
}

// matches says whether one value of the request matches any value of the condition.
func (c *Condition) matches(value string, context *Context, variables bool, missing *unseen) Truth {
	if len(value) > maxText {
		return missing.add(c.Key)
	}
	answer := Fails
	for _, pattern := range c.Values {
		found := Holds
		if variables && c.op.variables {
			pattern, found = expand(pattern, context, missing)
			if found == Fails && c.op.negated {
				// AWS says only that such a value matches nothing, not whether a negated
				// condition then holds.
				found = missing.add("Condition")
			}
		}
		if found == Holds {
			found = truthOf(c.op.comparison(pattern, value))
		}
		if answer = max(answer, found); answer == Holds {
			break
		}
	}
	return answer
}

// isNull decides a Null condition: "true" wants the key to be absent.
func (c *Condition) isNull(absent bool) Truth {
	for _, v := range c.Values {
		if strings.EqualFold(v, "true") && absent || strings.EqualFold(v, "false") && !absent {
			return Holds
		}
	}
	return Fails
}
