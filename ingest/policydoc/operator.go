package policydoc

import (
	"strings"
	"sync"
)

// operator is a condition operator, with the words around its name.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
type operator struct {
	comparison
	negated   bool   // a value matches if the comparison fails
	variables bool   // its values may hold policy variables
	null      bool   // it asks only whether the key is present
	relation  string // between key and value, in words after "is": "like ", or nothing for equality

	forAll, forAny bool // it is about a list of values in the request
	ifExists       bool // it holds where the request lacks the key
}

// plain says whether nothing was added to the name of the operator.
func (o *operator) plain() bool { return !o.forAll && !o.forAny && !o.ifExists }

// known says whether the operator is one of AWS's.
func (o *operator) known() bool { return o.comparison != nil || o.null }

var operators = sync.OnceValue(func() map[string]operator {
	table := map[string]operator{
		"StringEquals":           {comparison: equal, variables: true},
		"StringEqualsIgnoreCase": {comparison: equalFold, variables: true},
		"StringLike":             {comparison: glob, variables: true, relation: "like "},
		"ArnEquals":              {comparison: arnLike, variables: true, relation: "like "},
		"ArnLike":                {comparison: arnLike, variables: true, relation: "like "},
		"Bool":                   {comparison: equalFold, variables: true},
		"BinaryEquals":           {comparison: equal},
		"IpAddress":              {comparison: inRange, relation: "in "},
		"Null":                   {null: true},
	}
	add := func(name, relation string, read func(string) (float64, bool), holds func(order int) bool) {
		table[name] = operator{comparison: ordered(read, holds), relation: relation}
	}
	for kind, read := range map[string]func(string) (float64, bool){"Numeric": number, "Date": date} {
		add(kind+"Equals", "", read, func(order int) bool { return order == 0 })
		add(kind+"LessThan", "less than ", read, func(order int) bool { return order < 0 })
		add(kind+"LessThanEquals", "at most ", read, func(order int) bool { return order <= 0 })
		add(kind+"GreaterThan", "greater than ", read, func(order int) bool { return order > 0 })
		add(kind+"GreaterThanEquals", "at least ", read, func(order int) bool { return order >= 0 })
	}
	for negated, of := range map[string]string{
		"StringNotEquals": "StringEquals", "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
		"StringNotLike": "StringLike", "ArnNotEquals": "ArnEquals", "ArnNotLike": "ArnLike",
		"NumericNotEquals": "NumericEquals", "DateNotEquals": "DateEquals", "NotIpAddress": "IpAddress",
	} {
		o := table[of]
		o.negated = true
		table[negated] = o
	}
	byName := make(map[string]operator, len(table))
	for name, o := range table {
		byName[strings.ToLower(name)] = o
	}
	return byName
})

// operatorOf returns the operator of that name. AWS stores the names as they were
// written and reads them in any case.
func operatorOf(name string) operator {
	name = strings.ToLower(name)
	name, forAll := strings.CutPrefix(name, "forallvalues:")
	name, forAny := strings.CutPrefix(name, "foranyvalue:")
	name, ifExists := strings.CutSuffix(name, "ifexists")
	o := operators()[name]
	if forAll && forAny || ifExists && o.null {
		return operator{}
	}
	o.forAll, o.forAny, o.ifExists = forAll, forAny, ifExists
	return o
}
