# error=squared&optimizer=momentum&rate=0.02&steps=40&until=10,optimizer,adagrad,error,huber;20,rate,0.1
import torch

torch.set_default_dtype(torch.float64)
w = 2.0
k = 0.0625
ideal = 4.5
delta = 1.0
theta = torch.tensor([3.0, 5.0], requires_grad=True)
optimizer = torch.optim.Adagrad([theta], lr=0.1, initial_accumulator_value=0.0, eps=1e-10)

print("step,m,h,x,y,E,dE_dm,dE_dh")
for step in range(41):
    if step == 10:
        optimizer = torch.optim.SGD([theta], lr=0.1, momentum=0.9)
    if step == 20:
        optimizer.param_groups[0]["lr"] = 0.02
    optimizer.zero_grad()
    m, h = theta
    x = w * (m - 1)
    y = k * x * (h - 1)
    miss = y - ideal
    E = (0.5 * miss ** 2 if abs(miss) <= delta else delta * (abs(miss) - 0.5 * delta)) if step < 10 else 0.5 * miss ** 2
    E.backward()

    row = [m, h, x, y, E, *theta.grad]
    print(step, *(f"{value + 0.0:.16e}" for value in row), sep=",")

    with torch.no_grad():
        optimizer.step()
        theta.clamp_(1, 10)
