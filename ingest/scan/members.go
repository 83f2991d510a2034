package scan

import "iter"

// Members walks the members of the JSON object text, in order: the key as
// decoded text, the value as raw JSON without surrounding white space. Both are
// slices of object (a key that holds an escape is a copy), valid as long as it.
// A key may come more than once: as in encoding/json, the last one counts.
//
// The walk ends early where object is not an object or its structure breaks;
// check an untrusted object with [Valid] first.
func Members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		i := skipSpace(object, 0)
		if i == len(object) || object[i] != '{' {
			return
		}
		for i++; ; i++ {
			key, next, ok := value(object, i)
			if !ok || key[0] != '"' {
				return
			}
			i = skipSpace(object, next)
			if i == len(object) || object[i] != ':' {
				return
			}
			val, next, ok := value(object, i+1)
			if !ok || !yield(keyText(key), val) {
				return
			}
			i = skipSpace(object, next)
			if i == len(object) || object[i] != ',' {
				return
			}
		}
	}
}

// Elements walks the elements of the JSON array text as raw JSON, under the
// same contract as [Members].
func Elements(array []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		i := skipSpace(array, 0)
		if i == len(array) || array[i] != '[' {
			return
		}
		for i++; ; i++ {
			val, next, ok := value(array, i)
			if !ok || !yield(val) {
				return
			}
			i = skipSpace(array, next)
			if i == len(array) || array[i] != ',' {
				return
			}
		}
	}
}

// value returns the value that starts at b[i] or after white space there, and
// the index after it.
func value(b []byte, i int) (val []byte, next int, ok bool) {
	i = skipSpace(b, i)
	var s skipper
	n, done, err := s.skip(b[i:])
	if err != nil || n == 0 || !done && !s.scalar {
		return nil, 0, false
	}
	return b[i : i+n], i + n, true
}

// IsEmpty says whether a JSON value is an object without members.
func IsEmpty(value []byte) bool {
	if len(value) < 2 || value[0] != '{' {
		return false
	}
	i := skipSpace(value, 1)
	return i < len(value) && value[i] == '}'
}
