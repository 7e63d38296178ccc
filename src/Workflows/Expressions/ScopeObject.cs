using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>An object such as <c>variables</c>, whose members are looked up when a script names them and cannot be written.</summary>
internal sealed class ScopeObject : ObjectInstance
{
    private readonly Func<string, JsValue> find;

    public ScopeObject(Engine engine, Func<string, JsValue> find)
        : base(engine)
    {
        this.find = find;
        Prototype = engine.Object.PrototypeObject;
        Extensible = false;
    }

    public override JsValue Get(string propertyName) =>
        find(propertyName) is { } found && !found.IsUndefined() ? found : base.Get(propertyName);

    public override PropertyDescriptor GetOwnProperty(string propertyName) =>
        find(propertyName) is { } found && !found.IsUndefined() ? new PropertyDescriptor(found, false, true, false) : PropertyDescriptor.Undefined;

    public override void Put(string propertyName, JsValue value, bool throwOnError) =>
        throw new ScriptLimitException($"a script cannot set '{propertyName}'; use the activity SetVariable or bind an output.");
}
