using Jint;
using Jint.Native;
using Jint.Native.Date;
using Jint.Native.Function;
using Jint.Native.Object;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>JavaScript's <c>Date</c> whose now is the time of the stimulus, so that a repeated burst sees the same.</summary>
internal sealed class PureDate : FunctionInstance, IConstructor
{
    private readonly DateConstructor original;
    private readonly Func<DateTimeOffset> now;

    public PureDate(Engine engine, Func<DateTimeOffset> now)
        : base(engine, null, null, false)
    {
        this.now = now;
        original = engine.Date;
        Prototype = original.Prototype;
        Extensible = true;
        FastAddProperty("length", new JsValue(7), false, false, false);
        FastAddProperty("prototype", original.PrototypeObject, false, false, false);
        FastAddProperty("parse", original.Get("parse"), true, false, true);
        FastAddProperty("UTC", original.Get("UTC"), true, false, true);
        FastAddProperty("now", new JsValue(new Jint.Runtime.Interop.ClrFunctionInstance(engine, (_, _) => new JsValue(Milliseconds))), true, false, true);
        original.PrototypeObject.FastAddProperty("constructor", this, true, false, true);
    }

    private double Milliseconds => now().ToUnixTimeMilliseconds();

    public override JsValue Call(JsValue thisObject, JsValue[] arguments) => new(original.Construct(Milliseconds).ToString());

    public ObjectInstance Construct(JsValue[] arguments) => arguments.Length == 0 ? original.Construct(Milliseconds) : original.Construct(arguments);
}
