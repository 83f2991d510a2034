package policyfile

// kind is a kind of file.
type kind struct {
	has  [][]string // it has all members of one of these
	read func(*file, object)
}

// kinds are all kinds that consist of one file, the most telling first.
var kinds = [...]kind{
	{[][]string{{"RoleDetailList"}, {"UserDetailList"}, {"GroupDetailList"}}, (*file).readDetails},
	{[][]string{{"VpcEndpoints"}}, (*file).readEndpoints},
	{[][]string{{"configurationItems"}}, (*file).readConfig},
	{[][]string{{"format_version", "terraform_version"}, {"format_version", "values"}}, (*file).readTerraform},
	{[][]string{{"AWSTemplateFormatVersion"}, {"Resources"}}, (*file).readTemplate},
	{[][]string{{"PublicAccessBlockConfiguration"}}, (*file).readSettings},
	{[][]string{{"Owner", "Grants"}, {"OwnershipControls"}}, (*file).readUnused},
	{[][]string{{"PolicyVersion"}, {"PolicyName", "PolicyDocument"}}, (*file).readNameless},
	{[][]string{{"Policy", "PolicyName"}}, (*file).readKeyPolicy},
	{[][]string{{"Statement"}}, (*file).readBare},
	{[][]string{{"Policy"}}, (*file).readPolicy},
}

// readPolicy reads what several commands print under the same name.
func (f *file) readPolicy(o object) {
	if o.of("Policy").has("PolicySummary") {
		f.readOrganizationPolicy(o)
		return
	}
	if _, ok := keyIn(f.File); ok { // newer versions of the AWS CLI name no policy
		f.readKeyPolicy(o)
		return
	}
	f.readResourcePolicy(o)
}

// parse reads the content of a file. ok is false if it is of no known kind.
func (f *file) parse(text []byte) (ok bool, err error) {
	if err := check(text); err != nil {
		return false, err
	}
	f.text = text
	o, err := read(trimmed(text))
	if err != nil {
		return false, err
	}
	for _, k := range kinds {
		for _, keys := range k.has {
			if o.has(keys...) {
				k.read(f, o)
				return true, nil
			}
		}
	}
	return false, nil
}
