package main

import "time"

// earlierDocuments plants the policy documents that the incidents' changes replace, so
// that a report can show the difference. Nothing starts after these changes: what they
// allow was allowed before.
func (g *generator) earlierDocuments() {
	s := g.story("earlier-documents", "the policy documents before the changes of three incidents")
	n := len(g.entries)
	s.decoys = append(s.decoys,
		s.putPolicy(on(2, 9, 30, 12), dataAdmin, corpData, failure{}, allowReports()),
		s.putKeyPolicy(on(6, 14, 12, 55), financeKey, failure{}, keyAdmins(), keyUsers()),
		s.putEndpointPolicy(on(9, 8, 47, 31), "s3:*", "*"),
	)
	for _, e := range g.entries[n:] {
		e.fixed = true
	}
}

// allowReports is the statement that the policy of corp-data has all along.
func allowReports() object {
	return obj("Sid", "AllowReports", "Effect", "Allow", "Principal", obj("AWS", analyst.roleARN()),
		"Action", []string{"s3:GetObject", "s3:ListBucket"}, "Resource", []string{corpData.arn(), corpData.arn() + "/*"})
}

// keyAdmins is the statement that the policies of all keys have, and keyUsers the one
// that the policy of the key of finance-exports loses.
func keyAdmins() object {
	return obj("Sid", "Admins", "Effect", "Allow", "Principal", obj("AWS", dataAdmin.roleARN()),
		"Action", "kms:*", "Resource", "*")
}

func keyUsers() object {
	return obj("Sid", "AllowUseByApps", "Effect", "Allow",
		"Principal", obj("AWS", []string{ledger.roleARN(), dashboard.roleARN(), settlement.roleARN()}),
		"Action", []string{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource", "*")
}

// putKeyPolicy is a call of PutKeyPolicy.
func (s *story) putKeyPolicy(at time.Time, key string, fails failure, statements ...object) string {
	e := event{at: at, who: dataAdmin, source: "kms", name: "PutKeyPolicy", fails: fails,
		params: obj("keyId", key[len(key)-36:], "policyName", "default", "bypassPolicyLockoutSafetyCheck", false,
			"policy", policyText(statements...)),
		target: []object{obj("accountId", dataAccount, "type", "AWS::KMS::Key", "ARN", key)}}
	if fails.code == "" {
		e.reply = obj("keyId", key)
	}
	return s.other(e)
}

// putEndpointPolicy is a call of ModifyVpcEndpoint that gives the endpoint of the
// applications a policy of one statement.
func (s *story) putEndpointPolicy(at time.Time, action, resource string) string {
	return s.other(event{at: at, who: appAdmin, source: "ec2", name: "ModifyVpcEndpoint",
		params: obj("ModifyVpcEndpointRequest", obj("VpcEndpointId", appEndpoint, "PolicyDocument",
			policyText(obj("Effect", "Allow", "Principal", "*", "Action", action, "Resource", resource)))),
		reply: obj("ModifyVpcEndpointResponse", obj("return", true))})
}
