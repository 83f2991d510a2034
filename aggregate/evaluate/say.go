package evaluate

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/policydoc"
)

// whyDenied says what a Deny statement denies, and then what the request had of what the
// statement asks for.
func whyDenied(r *Request, p *Policy, s *policydoc.Statement) (text, what string) {
	text = "Denies " + sentence(s) + "."
	m := r.Match(p, s)
	var parts []string
	for i := range s.Conditions[:min(len(s.Conditions), shownConditions)] {
		parts = append(parts, had(r, &s.Conditions[i], m.Conditions[i]))
	}
	if len(parts) == 0 {
		return text, ""
	}
	what = strings.Join(parts, " ")
	return text + " " + what, what
}

// shownConditions bounds for how many conditions of a statement the words say what the
// request had. Few statements have more.
const shownConditions = 3

// sentence says what a statement is about.
func sentence(s *policydoc.Statement) string {
	parts := []string{s.Actions.String()}
	if s.Actions.Not || parts[0] == "all" {
		parts[0] = strings.Replace(parts[0], "all", "all actions", 1)
	}
	if s.Resources.Given {
		on := s.Resources.String()
		if s.Resources.Not || on == "all" {
			on = strings.Replace(on, "all", "all resources", 1)
		}
		parts = append(parts, "on", on)
	}
	if s.Principals.Given {
		parts = append(parts, "for", s.Principals.String())
	}
	if words := s.ConditionWords(); words != "" {
		parts = append(parts, words)
	}
	return strings.Join(parts, " ")
}

// had says what the request had for a condition.
func had(r *Request, c *policydoc.Condition, t policydoc.Truth) string {
	values, seen := r.Context.Lookup(c.Key)
	key := policydoc.Join([]string{c.Key}, "")
	switch {
	case !seen:
		return "The log does not show " + key + "."
	case len(values) == 0:
		return "The request did not have " + key + "."
	case t == policydoc.Unseen:
		return "The log does not show what that is compared with, and the request had " + key + " " +
			policydoc.Join(values, ", ") + "."
	}
	return "The request had " + key + " " + policydoc.Join(values, ", ") + "."
}

// miss says which elements of an Allow statement are not about the request, the
// first one first.
func miss(r *Request, p *Policy, s *policydoc.Statement, m *policydoc.Match) string {
	var parts []string
	if m.Principal != policydoc.Holds {
		parts = append(parts, "Allows it for "+s.Principals.String()+"; the caller is "+callerName(&r.Caller)+".")
	}
	if m.Action != policydoc.Holds {
		parts = append(parts, "Allows "+s.Actions.String()+"; the request needs "+shown(r.Action)+".")
	}
	if m.Resource != policydoc.Holds {
		parts = append(parts, missedResource(resourceFor(r, p), r.Action, s))
	}
	missed := 0
	for i, t := range m.Conditions {
		if t == policydoc.Holds {
			continue
		}
		if missed++; missed <= shownConditions {
			c := &s.Conditions[i]
			parts = append(parts, "Allows it only if "+c.Words()+". "+had(r, c, t))
		}
	}
	return strings.Join(parts, " ")
}

// resourceFor returns the resource as the policy should name it.
func resourceFor(r *Request, p *Policy) string {
	if p.ofAccessPoint() && r.AccessPoint != "" {
		return r.AccessPoint
	}
	if r.ResourceOpen {
		return r.Resource + "…"
	}
	return r.Resource
}

// missedResource says why the resources of a statement do not fit. Most often, a
// statement names only the objects of a bucket, and the request is for the bucket,
// or the other way round.
func missedResource(resource, action string, s *policydoc.Statement) string {
	allows := "Allow for " + s.Resources.String() + "; the request was for "
	bucket := bucketOf(resource)
	switch {
	case resource == "" || s.Resources.Not || bucket == "":
		return allows + shown(resource) + "."
	case resource == bucket && namesObjectsOf(s, bucket):
		return allows + "the bucket itself: " + shown(action) + " needs " + shown(bucket) + "."
	case resource != bucket && namesBucket(s, bucket):
		return allows + "an object: " + shown(action) + " needs " + shown(bucket+"/*") + "."
	}
	return allows + shown(resource) + "."
}

// bucketOf returns the ARN of the bucket of an S3 ARN without an account.
func bucketOf(resource string) string {
	a, ok := arn.Parse(resource)
	if !ok || a.Service != "s3" || a.Account != "" {
		return ""
	}
	bucket, _, _ := strings.Cut(resource, "/")
	return bucket
}

func namesObjectsOf(s *policydoc.Statement, bucket string) bool {
	for _, v := range s.Resources.Values {
		if strings.HasPrefix(v, bucket+"/") {
			return true
		}
	}
	return false
}

func namesBucket(s *policydoc.Statement, bucket string) bool {
	for _, v := range s.Resources.Values {
		if v == bucket {
			return true
		}
	}
	return false
}

func callerName(c *policydoc.Caller) string {
	switch {
	case c.Anonymous:
		return "anonymous"
	case c.Service != "":
		return shown(c.Service)
	}
	return shown(c.ARN)
}

// shown returns a name that the log has, cut to a usual length.
func shown(s string) string { return policydoc.Join([]string{s}, "") }
