namespace Relief.Flow.Tests.Runtime;

/// <summary>The reference list: each of Elsa's activities that there is, with its ports, what is wrong input for it, and how its story ends.</summary>
internal static class ActivityRows
{
    private const string Note = "{'id':'inside','type':'Test.Note'}";
    private const string Wait = "{'id':'wait','type':'Elsa.Event','eventName':{'expression':{'type':'Literal','value':'go'}}}";

    public static readonly ActivityRow[] All = [.. Containers(), .. Choices(), .. Cycles(), .. Lines(), .. Ends(), .. Waits(), .. Deeds(), .. Starts(), .. Calls()];

    private static ActivityRow[] Containers() =>
    [
        new("Elsa.Flowchart", $"'type':'Elsa.Flowchart','activities':[{Wait},{Note}],'connections':[{{'source':'wait','target':'inside'}}]", ["Done"], "inside", "left Done") { Then = ["event go"] },
        new("Elsa.Sequence", $"'type':'Elsa.Sequence','activities':[{Wait},{Note}]", ["Done"], "inside", "left Done") { Then = ["event go"] },
        new("Elsa.Parallel", $"'type':'Elsa.Parallel','activities':[{Wait},{Note}]", ["Done"], "inside", "left Done") { Then = ["event go"] },
        new("Elsa.Fork", $"'type':'Elsa.Fork','joinMode':'WaitAny','branches':[{Wait},{Note}]", ["Done"], "inside", "left Done"),
        new("Elsa.Composite", $"'type':'Elsa.Composite','root':{Wait}", ["Done", "*"], "left Done") { Then = ["event go"] },
        new("Elsa.FlowNode", $"'type':'Elsa.FlowNode','body':{Wait}", ["Done"], "left Done") { Then = ["event go"] }
    ];

    private static ActivityRow[] Choices() =>
    [
        new("Elsa.If", $"'type':'Elsa.If','condition':{Literal("true")},'then':{Wait}", ["Done", "True", "False"], "left Done", "left True")
        {
            Then = ["event go"], Bad = "'condition':{'expression':{'type':'JavaScript','value':'nothing.here'}}", Code = "expression.failed"
        },
        new("Elsa.Switch", $"'type':'Elsa.Switch','cases':[{Case("A", "false", Note.Replace("inside", "other", StringComparison.Ordinal))},{Case("B", "true", Wait)}],'default':{Note}", ["Done"], "left Done")
        {
            Then = ["event go"], Bad = $"'cases':[{{'label':'A','condition':{{'type':'JavaScript','value':'nothing.here'}}}}]", Code = "expression.failed"
        },
        new("Elsa.FlowDecision", $"'type':'Elsa.FlowDecision','condition':{Literal("'True'")}", ["True", "False"], "left True")
        {
            Bad = "'condition':{'expression':{'type':'JavaScript','value':')'}}", Code = "definition.expression"
        },
        new("Elsa.FlowSwitch", $"'type':'Elsa.FlowSwitch','cases':[{Case("A", "false")},{Case("B", "true")}],'mode':{Literal("'MatchAny'")}", ["Default", "A", "B"], "left B")
        {
            Bad = "'cases':[{'label':'A','condition':{'type':'CSharp','value':'true'}}]", Code = "definition.expression"
        }
    ];

    private static ActivityRow[] Cycles() =>
    [
        new("Elsa.While", $"'type':'Elsa.While','condition':{Script("!getVariable('Seen')")},'body':{{'id':'seq','type':'Elsa.Sequence','activities':[{Wait},{Set("true")}]}}", ["Done"], "left Done")
        {
            Then = ["event go"], Bad = $"'condition':{Script("nothing.here")}", Code = "expression.failed"
        },
        new("Elsa.For", $"'type':'Elsa.For','start':{Literal("1")},'end':{Literal("2")},'body':{Wait}", ["Done"], "left Done")
        {
            Then = ["event go", "event go"], Bad = $"'end':{Script("'many'")}", Code = "for.bounds"
        },
        new("Elsa.ForEach", $"'type':'Elsa.ForEach','items':{Literal("['a','b']")},'body':{Wait}", ["Done"], "left Done")
        {
            Then = ["event go", "event go"], Bad = $"'items':{Script("nothing.here")}", Code = "expression.failed"
        },
        new("Elsa.ParallelForEach", $"'type':'Elsa.ParallelForEach','items':{Literal("['a','b']")},'body':{Wait}", ["Done"], "left Done")
        {
            Then = ["event go"], Bad = $"'items':{Script("nothing.here")}", Code = "expression.failed"
        },
        new("Elsa.Break", $"'type':'Elsa.ForEach','items':{Literal("['a','b']")},'body':{{'id':'seq','type':'Elsa.Sequence','activities':[{Wait},{{'id':'stop','type':'Elsa.Break'}}]}}", ["Done"], "left Done")
        {
            Then = ["event go"], Bad = "'type':'Elsa.Break'", Code = "definition.breakOutsideLoop"
        }
    ];

    private static ActivityRow[] Lines() =>
    [
        new("Elsa.FlowFork", $"'type':'Elsa.FlowFork','branches':{Literal("['Left','Right']")}", ["Done", "Left", "Right"], "left Left", "left Right")
        {
            Bad = $"'branches':{Script("nothing.here")}", Code = "expression.failed"
        },
        new("Elsa.FlowJoin", $"'type':'Elsa.FlowJoin','mode':{Literal("'WaitAll'")}", ["Done"], "left Done")
    ];

    private static ActivityRow[] Ends() =>
    [
        new("Elsa.Start", "'type':'Elsa.Start'", ["Done"], "left Done"),
        new("Elsa.End", "'type':'Elsa.End'", ["Done"]),
        new("Elsa.Finish", "'type':'Elsa.Finish'", ["Done"]),
        new("Elsa.Complete", $"'type':'Elsa.Composite','root':{{'id':'seq','type':'Elsa.Sequence','activities':[{Wait},{{'id':'c','type':'Elsa.Complete','outcomes':{Literal("['Fine']")}}}]}}", ["Done"], "left Fine")
        {
            Then = ["event go"], Bad = $"'root':{{'id':'c','type':'Elsa.Complete','outcomes':{Script("nothing.here")}}}", Code = "expression.failed"
        },
        new("Elsa.NotFoundActivity", "'type':'Elsa.FlowNode','body':{'id':'lost','type':'Elsa.NotFoundActivity','missingTypeName':'Elsa.Gone','missingTypeVersion':1}", ["Done"])
        {
            Bad = "'name':'still lost'", Code = "activity.notFound"
        },
        new("Elsa.Fault", $"'type':'Elsa.Fault','code':{Literal("'planted'")},'message':{Literal("'on purpose'")}", ["Done"]) { Bad = "'name':'as it is'", Code = "planted" }
    ];

    private static ActivityRow[] Waits() =>
    [
        new("Elsa.Event", $"'type':'Elsa.Event','eventName':{Literal("'go'")}", ["Done"], "left Done") { Then = ["event go"], Bad = "'eventName':null", Code = "definition.missingInput" },
        new("Elsa.Delay", $"'type':'Elsa.Delay','timeSpan':{Literal("'30.00:00:00'")}", ["Done"], "left Done") { Then = ["hours 721"], Bad = $"'timeSpan':{Literal("'soon'")}", Code = "definition.wrongValue" },
        new("Elsa.Timer", $"'type':'Elsa.Timer','interval':{Literal("'PT1H'")}", ["Done"], "left Done") { Then = ["hours 2"], Bad = $"'interval':{Literal("'00:00:00'")}", Code = "timer.noInterval" },
        new("Elsa.StartAt", $"'type':'Elsa.StartAt','dateTime':{Literal("'2026-03-17T09:00:00+08:00'")}", ["Done"], "left Done") { Then = ["hours 30"], Bad = $"'dateTime':{Script("'tomorrow'")}", Code = "input.invalid" },
        new("Elsa.Cron", $"'type':'Elsa.Cron','cronExpression':{Literal("'0 0 12 * * ?'")}", ["Done"], "left Done") { Then = ["hours 30"], Bad = $"'cronExpression':{Literal("'often'")}", Code = "cron.invalid" },
        new("Elsa.RunTask", $"'type':'Elsa.RunTask','taskName':{Literal("'look'")}", ["Done"], "left Done") { Then = ["task Done"], Bad = "'taskName':null", Code = "definition.missingInput" }
    ];

    private static ActivityRow[] Deeds() =>
    [
        new("Elsa.SetVariable", $"'type':'Elsa.SetVariable','variable':{{'id':'seen','name':'Seen','typeName':'Object'}},'value':{Literal("1")}", ["Done"], "left Done") { Bad = "'variable':{}", Code = "setVariable.noVariable" },
        new("Elsa.SetOutput", $"'type':'Elsa.SetOutput','outputName':{Literal("'answer'")},'outputValue':{Literal("42")}", ["Done"], "left Done") { Bad = "'outputName':null", Code = "definition.missingInput" },
        new("Elsa.SetName", $"'type':'Elsa.SetName','value':{Literal("'N-1'")}", ["Done"], "left Done") { Bad = "'value':null", Code = "definition.missingInput" },
        new("Elsa.Correlate", $"'type':'Elsa.Correlate','correlationId':{Literal("'case-1'")}", ["Done"], "left Done") { Bad = "'correlationId':null", Code = "definition.missingInput" },
        new("Elsa.WriteLine", $"'type':'Elsa.WriteLine','text':{Literal("'hello'")}", ["Done"], "left Done") { Bad = $"'text':{Script("nothing.here")}", Code = "expression.failed" },
        new("Elsa.PublishEvent", $"'type':'Elsa.PublishEvent','eventName':{Literal("'told'")},'isLocalEvent':{Literal("'False'")}", ["Done"], "left Done") { Bad = "'eventName':null", Code = "definition.missingInput" }
    ];

    private static ActivityRow[] Starts() =>
    [
        new("Elsa.DispatchWorkflow", $"'type':'Elsa.DispatchWorkflow','workflowDefinitionId':{Literal("'row-child'")},'waitForCompletion':{Literal("'true'")},'channelName':{Literal("'bulk'")}", ["Done"], "left Done")
        {
            Bad = $"'workflowDefinitionId':{Literal("'nowhere'")}", Code = "child.faulted"
        },
        new("Elsa.ExecuteWorkflow", $"'type':'Elsa.ExecuteWorkflow','workflowDefinitionId':{Literal("'row-child'")},'startNewTrace':{Literal("true")}", ["Done"], "left Done")
        {
            Bad = $"'workflowDefinitionId':{Literal("'nowhere'")}", Code = "child.faulted"
        },
        new("Elsa.BulkDispatchWorkflows", $"'type':'Elsa.BulkDispatchWorkflows','workflowDefinitionId':{Literal("'row-child'")},'items':{Literal("['a',{'n':1},'c']")},'waitForCompletion':{Literal("''")},'childCompleted':{Note}",
            ["Completed", "Canceled", "Done"], "inside", "inside", "inside", "left Completed", "left Done")
        {
            Bad = $"'items':{Literal("7")}", Code = "definition.wrongValue"
        }
    ];

    private static ActivityRow[] Calls() =>
    [
        new("Elsa.HttpEndpoint", $"'type':'Elsa.HttpEndpoint','path':{Literal("'row/{id}'")},'supportedMethods':{Literal("['POST']")},'requestSizeLimit':{Literal("5")},'exposeRequestTooLargeOutcome':{Literal("true")}",
            ["Done", "Request too large"], "left Request too large")
        {
            Then = ["request 7"], Bad = $"'supportedMethods':{Literal("[]")}", Code = "http.path"
        },
        new("Elsa.WriteHttpResponse", $"'type':'Elsa.WriteHttpResponse','statusCode':{Literal("'Created'")},'content':{Literal("'made'")}", ["Done"], "left Done")
        {
            Bad = $"'statusCode':{Literal("'Sometimes'")}", Code = "http.status"
        },
        new("Elsa.SendHttpRequest", $"'type':'Elsa.SendHttpRequest','url':{Literal("'OUTSIDEok'")},'expectedStatusCodes':[{{'statusCode':200,'activity':{Note}}}]", ["Done", "Failed"], "inside", "left Done")
        {
            Bad = $"'url':{Literal("'ftp://nowhere'")}", Code = "http.address"
        },
        new("Elsa.FlowSendHttpRequest", $"'type':'Elsa.FlowSendHttpRequest','url':{Literal("'OUTSIDEgone'")},'expectedStatusCodes':{Literal("[200,404]")}",
            ["Done", "Unmatched status code", "Failed to connect", "Timeout", "200", "404"], "left 404")
        {
            Bad = $"'effect':{Literal("'Sometimes'")}", Code = "definition.wrongValue"
        }
    ];

    private static string Literal(string value) => $"{{'expression':{{'type':'Literal','value':{value}}}}}";

    private static string Script(string script) => $"{{'expression':{{'type':'JavaScript','value':'{script.Replace("'", "\\u0027", StringComparison.Ordinal)}'}}}}";

    private static string Case(string label, string condition, string? activity = null) =>
        $"{{'label':'{label}','condition':{{'type':'Literal','value':{condition}}}{(activity is null ? "" : $",'activity':{activity}")}}}";

    private static string Set(string value) => $"{{'id':'set','type':'Elsa.SetVariable','variable':{{'id':'seen','name':'Seen','typeName':'Object'}},'value':{Literal(value)}}}";
}
