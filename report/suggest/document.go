package suggest

// Document is an IAM policy, as encoding/json writes it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
type Document struct {
	Version   string
	Statement []Statement
}

// Statement allows actions on resources.
type Statement struct {
	Sid       string
	Effect    string
	Principal any `json:",omitempty"` // not in identity policies
	Action    []string
	Resource  []string
	Condition map[string]map[string]string `json:",omitempty"`
}
