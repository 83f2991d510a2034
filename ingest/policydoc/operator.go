package policydoc

import "strings"

// operator is a condition operator, with the words around its name.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
type operator struct {
	comparison
	negated   bool // a value matches if the comparison fails
	variables bool // its values may hold policy variables
	null      bool // it asks only whether the key is present

	forAll, forAny bool // it is about a list of values in the request
	ifExists       bool // it holds where the request lacks the key
}

// known says whether the operator is one of AWS's.
func (o *operator) known() bool { return o.comparison != nil || o.null }

var operators = func() map[string]operator {
	isEqual := func(order int) bool { return order == 0 }
	table := map[string]operator{
		"StringEquals":           {comparison: equal, variables: true},
		"StringEqualsIgnoreCase": {comparison: equalFold, variables: true},
		"StringLike":             {comparison: glob, variables: true},
		"ArnEquals":              {comparison: arnLike, variables: true},
		"ArnLike":                {comparison: arnLike, variables: true},
		"Bool":                   {comparison: equalFold, variables: true},
		"BinaryEquals":           {comparison: equal},
		"IpAddress":              {comparison: inRange},
		"Null":                   {null: true},
	}
	for kind, read := range map[string]func(string) (float64, bool){"Numeric": number, "Date": date} {
		table[kind+"Equals"] = operator{comparison: ordered(read, isEqual)}
		table[kind+"LessThan"] = operator{comparison: ordered(read, func(order int) bool { return order < 0 })}
		table[kind+"LessThanEquals"] = operator{comparison: ordered(read, func(order int) bool { return order <= 0 })}
		table[kind+"GreaterThan"] = operator{comparison: ordered(read, func(order int) bool { return order > 0 })}
		table[kind+"GreaterThanEquals"] = operator{comparison: ordered(read, func(order int) bool { return order >= 0 })}
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
}()

// operatorOf returns the operator of that name. AWS stores the names as they were
// written and reads them in any case.
func operatorOf(name string) operator {
	name = strings.ToLower(name)
	name, forAll := strings.CutPrefix(name, "forallvalues:")
	name, forAny := strings.CutPrefix(name, "foranyvalue:")
	name, ifExists := strings.CutSuffix(name, "ifexists")
	o := operators[name]
	if forAll && forAny || ifExists && o.null {
		return operator{}
	}
	o.forAll, o.forAny, o.ifExists = forAll, forAny, ifExists
	return o
}
