# steps=3&turns=4:5,6:5,6:6.5
import torch

torch.set_default_dtype(torch.float64)
w = 2.0
k = 0.0625
ideal = 4.5
positions = [
    [3.0, 5.0], [4.0, 5.0], [6.0, 5.0], [6.0, 6.5],
]

print("step,m,h,x,y,E,dE_dm,dE_dh")
for step, position in enumerate(positions):
    theta = torch.tensor(position, requires_grad=True)
    m, h = theta
    x = w * (m - 1)
    y = k * x * (h - 1)
    miss = y - ideal
    E = abs(miss)
    E.backward()

    row = [m, h, x, y, E, *theta.grad]
    print(step, *(f"{value + 0.0:.16e}" for value in row), sep=",")
